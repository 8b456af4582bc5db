import { basename, resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import { auditScenario, type AuditRow } from '../src/lib/incident/audit';
import { loadSite } from '../src/lib/content/load';
import { describeProblems } from '../src/lib/content/problems';
import { readFolder } from '../src/lib/content/read-folder';

const usage =
	'npm run deck:audit -- [FILE ...] [--seeds N]   audits all scenarios, or those in the files, on N seeds (5)';

/** Prints a row a scenario and answers with the exit code: 0 when every claim holds. */
export async function main(args: string[]): Promise<number> {
	const seedsAt = args.indexOf('--seeds');
	const count = seedsAt < 0 ? 5 : Number(args[seedsAt + 1]);
	if (!Number.isInteger(count) || count < 1 || count > 1000 || args.includes('--help')) {
		console.error(usage);
		return 2;
	}
	const files = seedsAt < 0 ? args : [...args.slice(0, seedsAt), ...args.slice(seedsAt + 2)];
	const content = readFolder(resolve('src/content'));
	for (const file of files)
		content[`scenarios/${basename(file)}`] = readFileSync(resolve(file), 'utf8');
	const loaded = loadSite(content);
	if ('problems' in loaded) {
		console.error(describeProblems(loaded.problems));
		return 1;
	}
	const { topology, scenarios } = loaded.site;
	const wanted = files.map((file) => basename(file).replace(/\.yaml$/, ''));
	const chosen = scenarios.filter(({ slug }) => !wanted.length || wanted.includes(slug));
	const seeds = Array.from({ length: count }, (_, index) => index + 1);
	const rows: AuditRow[] = [];
	console.log(header);
	for (const scenario of chosen) {
		const row = auditScenario(topology, scenario, seeds);
		rows.push(row);
		console.log(line(row));
	}
	const failed = rows.filter(({ failures }) => failures.length);
	for (const { number, slug, failures } of failed) {
		console.log(`\n${number} ${slug}`);
		for (const failure of failures) console.log(`  ${failure}`);
	}
	console.log(
		`\n${rows.length} scenarios, ${seeds.length} seeds, ${failed.length ? `${failed.length} with claims that do not hold` : 'every claim holds'}`
	);
	return failed.length ? 1 : 0;
}

const columns: [string, number, (row: AuditRow) => string][] = [
	['no', 3, ({ number }) => String(number)],
	['scenario', 30, ({ title }) => title],
	['family', 18, ({ family }) => family],
	['mean ms', 8, ({ opening }) => opening.meanMs.toFixed(0)],
	['p95 ms', 8, ({ opening }) => opening.p95Ms.toFixed(0)],
	['errors', 8, ({ opening }) => `${(opening.errorRatio * 100).toFixed(1)} %`],
	['rps', 6, ({ opening }) => opening.throughput.toFixed(0)],
	[
		'after',
		24,
		({ resolved }) =>
			`${resolved.p95Ms.toFixed(0)} ms ${(resolved.errorRatio * 100).toFixed(1)} % ${resolved.throughput.toFixed(0)} rps`
	],
	[
		'failed',
		16,
		({ failedWithout, failedWith }) => `${failedWithout.toFixed(0)} > ${failedWith.toFixed(0)}`
	],
	['', 6, ({ failures }) => (failures.length ? 'FAILS' : 'ok')]
];
const header = columns.map(([title, width]) => title.padEnd(width)).join(' ');
const line = (row: AuditRow) =>
	columns.map(([, width, text]) => text(row).slice(0, width).padEnd(width)).join(' ');
