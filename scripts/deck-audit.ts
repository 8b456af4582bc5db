import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { auditScenario, type AuditRow } from '../src/lib/incident/audit';
import type { Scenario, SiteTopology } from '../src/lib/content';
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
	console.log(header);
	const rows = await auditAll(topology, chosen, seeds);
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

type Job = Parameters<typeof auditScenario>;

/** Audits on all cores, and prints each row when it and those before it are done. */
async function auditAll(
	topology: SiteTopology,
	scenarios: readonly Scenario[],
	seeds: readonly number[]
): Promise<AuditRow[]> {
	const rows: AuditRow[] = [];
	let next = 0;
	let printed = 0;
	const work = async () => {
		const worker = new Worker(new URL(import.meta.url));
		for (let index = next++; index < scenarios.length; index = next++) {
			worker.postMessage([topology, scenarios[index], seeds]);
			[rows[index]] = (await once(worker, 'message')) as [AuditRow];
			for (let row = rows[printed]; row; row = rows[++printed]) console.log(line(row));
		}
		await worker.terminate();
	};
	await Promise.all(
		Array.from({ length: Math.min(availableParallelism(), scenarios.length) }, work)
	);
	return rows;
}

if (!isMainThread)
	parentPort?.on('message', (job: Job) => parentPort?.postMessage(auditScenario(...job)));

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
