/** Types, lint and format, each to its end, so that one run shows all there is to mend. */
import { spawnSync } from 'node:child_process';

const steps = [
	['svelte-kit', 'sync'],
	['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
	['tsc', '-p', 'src/lib/simulation'],
	['eslint', '.', '--max-warnings', '0'],
	['prettier', '--check', '--log-level', 'warn', '.']
];

/** The canary holds a type error on purpose: a type check that lets it pass checks nothing. */
const canary = ['tsc', '-p', 'tests/types'];

const run = ([command, ...args], stdio) =>
	spawnSync('npx', ['--no-install', command, ...args], { stdio, encoding: 'utf8' });

const failed = steps
	.filter((step) => run(step, 'inherit').status !== 0)
	.map((step) => step.join(' '));
const { status, stdout } = run(canary, 'pipe');
if (status === 0 || !stdout.includes('canary.ts') || !stdout.includes('TS2322'))
	failed.push('the canary of the type check is still alive');

console.log(failed.length ? `check failed: ${failed.join('; ')}` : 'check passed');
process.exitCode = failed.length ? 1 : 0;
