import type { Site } from '$lib/content';

/** A site with every optional fact given, and characters that each format has to mind. */
export const fullSite: Site = {
	profile: {
		name: 'Zoë O’Neil, Ph.D.',
		handle: 'zoe',
		role: 'Backend Engineer; on call',
		summary: 'Keeps </script> queues short, and \\ backslashes whole.\nSecond line.',
		experience: '7 years',
		focus: ['queues, mostly', 'caches'],
		location: 'Tromsø',
		availability: 'from March',
		current: { title: 'Engineer', company: 'Fjord AS', from: '2024-03' },
		previous: { title: 'Developer', company: 'Skerry AS', from: '2019', to: '2024' },
		education: [{ institution: 'UiT', degree: 'MSc', from: '2014', to: '2019' }],
		figures: [
			{
				value: '99.95 %',
				label: 'availability',
				receipt: {
					what: 'Good answers of all answers',
					baseline: 'the year before',
					window: '2025',
					method: 'the load balancer',
					source: 'The public status page'
				},
				evidence: [{ kind: 'log', slug: 'queues', title: 'Queues drained' }]
			}
		],
		claims: [
			{
				claim: 'Short queues',
				detail: 'They are short now.',
				evidence: [{ kind: 'decision', slug: 'bounded-queues', title: 'Bounded queues' }]
			}
		],
		stack: [
			{ group: 'Data', items: ['Redis', 'Kafka', 'COBOL'] },
			{ group: 'Empty', items: [] }
		],
		links: [{ label: 'Code', url: 'https://code.example.org/zoe' }],
		contact: { email: 'zoe@example.com' },
		origin: 'https://zoe.example.org',
		language: 'en'
	},
	topology: {
		title: '',
		summary: '',
		services: [],
		calls: [],
		flows: [],
		objective: { latencyMs: 400, errorRatio: 0.01, throughput: 100 },
		seed: 1
	},
	log: [
		{
			slug: 'cache',
			year: 2023,
			title: 'Cache placed',
			kind: 'performance',
			message: 'Reads got cheap.',
			facts: [{ text: 'Hit ratio', figure: '93 %' }],
			skills: ['redis', 'SQL'],
			related: []
		},
		{
			slug: 'queues',
			year: 2025,
			title: 'Queues drained',
			kind: 'reliability',
			message: 'Nothing waits.',
			facts: [{ text: 'Backlog gone' }],
			skills: ['Kafka', 'Redis'],
			related: []
		}
	],
	incidents: [],
	decisions: [],
	principles: [],
	modules: [
		{
			slug: 'drain',
			title: 'Drain',
			status: 'stable',
			path: ['API', 'Kafka'],
			problem: 'It piled up.',
			solution: 'It is drained.',
			impact: 'It is empty.',
			tags: ['async'],
			skills: ['Kafka'],
			related: []
		}
	],
	scenarios: [],
	figures: []
};
