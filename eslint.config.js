import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const features = [
	'incident',
	'topology',
	'decisions',
	'figures',
	'profile',
	'terminal',
	'recruiter',
	'writing',
	'contact'
];
const featureMayUse = ['content', 'simulation', 'ui', 'platform'];

/** Which rooms of src/lib each room may look into; its own is always open. */
const mayImport = {
	simulation: [],
	content: ['simulation'],
	ui: [],
	platform: ['simulation'],
	...Object.fromEntries(features.map((feature) => [feature, featureMayUse]))
};
const rooms = Object.keys(mayImport);

/**
 * Libraries that one file alone may import, so that each can be swapped in one place. Behind it come the tests that hold
 * something of ours against the library.
 */
const singleDoors = {
	'@xterm/': ['src/lib/terminal/screen.ts'],
	'd3-force': [
		'src/lib/topology/layout.ts',
		'tests/unit/topology/forces.test.ts',
		'tests/bench/layout.ts'
	],
	'just-bash': ['src/lib/terminal/shell.ts']
};

/** Patterns that forbid a room to import what is not its business, with the reason in the message. */
function wallsOf(room) {
	const closed = rooms.filter((other) => other !== room && !mayImport[room].includes(other));
	const open = mayImport[room];
	return [
		...(closed.length
			? [
					{
						regex: `^(\\$lib|(\\.\\./)+(lib)?)/?(${closed.join('|')})(/|$)`,
						message: `src/lib/${room} may import only ${open.join(', ') || 'nothing of ours'}: features meet in a route, by snippets and props (CONTRIBUTING.md, "The house").`
					}
				]
			: []),
		...(open.length
			? [
					{
						regex: `^\\$lib/(${open.join('|')})/`,
						message:
							'Import another folder by its index.ts only; the rest of it is its own business.'
					}
				]
			: []),
		{
			regex: '^(\\$app/stores|svelte/store)',
			message: 'Runes only: $app/state, or a class with $state fields.'
		}
	];
}

function doorsClosedTo(file) {
	return Object.entries(singleDoors)
		.filter(([, doors]) => !doors.includes(file))
		.map(([name, [door]]) => ({
			regex: `^${name}`,
			message: `Only ${door} imports ${name}, so that it can be swapped in one place.`
		}));
}

const doorFiles = Object.values(singleDoors).flat();

export default ts.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'node_modules/',
			'tests/fixtures/',
			'tests/types/',
			'coverage/'
		]
	},
	js.configs.recommended,
	...ts.configs.strict,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			'no-undef': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
			'no-restricted-imports': ['error', { patterns: doorsClosedTo('') }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	},
	...rooms.map((room) => ({
		files: [`src/lib/${room}/**`],
		ignores: doorFiles,
		rules: {
			'no-restricted-imports': ['error', { patterns: [...wallsOf(room), ...doorsClosedTo('')] }]
		}
	})),
	{
		files: ['src/routes/**', 'src/hooks*'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: `^\\$lib/(?!content/site\\.server$)(${rooms.join('|')})/`,
							message:
								'A route composes what the folders offer in their index.ts, and reads the site.'
						},
						...doorsClosedTo('')
					]
				}
			]
		}
	},
	...doorFiles.map((file) => ({
		files: [file],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						...(file.startsWith('src/lib/') ? wallsOf(file.split('/')[2]) : []),
						...doorsClosedTo(file)
					]
				}
			]
		}
	})),
	{
		files: ['src/lib/simulation/**'],
		rules: {
			// The hot loop reads parallel arrays by index; a check for each read would cost more than the event.
			'@typescript-eslint/no-non-null-assertion': 'off',
			'no-restricted-globals': [
				'error',
				...['Date', 'performance', 'setTimeout', 'setInterval', 'crypto', 'process'].map(
					(name) => ({
						name,
						message: 'The simulation has its own clock and its own random streams.'
					})
				)
			],
			'no-restricted-properties': [
				'error',
				{ object: 'Math', property: 'random', message: 'Draw from a stream of random.ts.' },
				...'log log2 log10 log1p exp expm1 pow sin cos tan asin acos atan atan2 sinh cosh tanh cbrt hypot'
					.split(' ')
					.map((property) => ({
						object: 'Math',
						property,
						message:
							'Engines round it differently; IEEE 754 fixes only + - * / and sqrt (design: the same everywhere).'
					}))
			],
			'no-restricted-syntax': [
				'error',
				{
					selector: "BinaryExpression[operator='**']",
					message: 'Engines round it differently; multiply.'
				}
			]
		}
	}
);
