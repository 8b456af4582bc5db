import type { Problem } from '../problems';
import { kindOf } from './links';
import type { ReadRecord } from './record';

export interface RecordFile {
	file: string;
	record: ReadRecord;
}

/** What is wrong between records that are each well: numbers twice, links into nothing, records that replace each other. */
export function lintRecords(records: RecordFile[]): Problem[] {
	const first = new Map<number, string>();
	const problems: Problem[] = [];
	for (const { file, record } of records) {
		if (record.number === undefined) continue;
		const other = first.get(record.number);
		if (other === undefined) first.set(record.number, file);
		else
			problems.push({
				file,
				line: 1,
				field: 'number',
				message: `${record.number} is also the number of ${other}; expected one record a number`
			});
	}
	return [...problems, ...records.flatMap((one) => deadLinks(one, first)), ...circles(records)];
}

function deadLinks({ file, record }: RecordFile, known: Map<number, string>): Problem[] {
	return record.links
		.filter(({ target }) => target === record.number || !known.has(target))
		.map(({ kind, target, line }) => ({
			file,
			line,
			field: 'links',
			message:
				target === record.number
					? `"${kind} ${target}" leads to the record itself; expected another one`
					: `"${kind} ${target}" leads nowhere; expected the number of a record that is there`
		}));
}

/** Pairs of records of which each says, or is said, to have replaced the other. */
function circles(records: RecordFile[]): Problem[] {
	const replacements = records.flatMap(({ file, record }) =>
		record.links.flatMap(({ kind, target, line }) => {
			const number = record.number;
			const verb = /^(?:is )?(supersedes|superseded by|replaces|replaced by)$/.exec(
				kindOf(kind)
			)?.[1];
			if (!verb || number === undefined || target === number) return [];
			const reversed = verb.endsWith(' by');
			const pair = reversed ? { from: target, to: number } : { from: number, to: target };
			return [{ ...pair, file, line }];
		})
	);
	const pairs = new Set(replacements.map(({ from, to }) => `${from} ${to}`));
	return replacements
		.filter(({ from, to }) => pairs.has(`${to} ${from}`))
		.map(({ from, to, file, line }) => ({
			file,
			line,
			field: 'links',
			message: `${from} and ${to} supersede each other; expected one of them to be the later one`
		}));
}
