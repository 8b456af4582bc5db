import { assemble } from './assemble';
import { dependenciesOf, environmentOf, servicesOf, type ComposeService } from './compose-services';
import { draftAll, maximumServices, topicIn, type DraftService, type Mention } from './draft';
import { commandWords, hostsIn, hostsInCommand } from './hosts';
import type { ImportNote, ImportResult } from './imported';
import { interpolate } from './interpolate';
import type { YamlSource } from './source';
import { countIn, cpusIn, entriesIn, field, listIn, textIn } from './values';

/** A topology of the services of one or more Compose documents. Never throws. */
export function importCompose(sources: YamlSource[]): ImportResult {
	const count = sources.reduce(
		(sum, { data }) => sum + entriesIn(field(data, 'services')).length,
		0
	);
	if (count > maximumServices) {
		const place = sources[0]?.placeOf(['services']) ?? { line: 1, column: 1 };
		const message = `${count} services; at most ${maximumServices} are read`;
		return { ok: false, problems: [{ ...place, message }] };
	}
	const notes: ImportNote[] = [];
	const services = servicesOf(sources, notes);
	const kept = withoutOneOffs(services, notes);
	const hosts = hostsOf(kept);
	return assemble(
		'compose',
		draftAll(kept, (service) => draftOf(service, hosts, notes)),
		notes
	);
}

const oneOffWords = new Set([
	...['init', 'migrate', 'migration', 'migrations', 'migrator', 'seed', 'seeder', 'setup'],
	...['bootstrap', 'provision', 'createbuckets', 'initdb', 'minit']
]);

function withoutOneOffs(services: ComposeService[], notes: ImportNote[]): ComposeService[] {
	const awaited = new Set(
		services.flatMap(({ body }) =>
			dependenciesOf(body)
				.filter(({ condition }) => condition === 'service_completed_successfully')
				.map(({ name }) => name)
		)
	);
	return services.filter((service) => {
		const why = awaited.has(service.name) ? 'others wait for its end' : oneOffReason(service);
		if (why === undefined) return true;
		const place = service.source.placeOf(['services', service.name]);
		notes.push({ ...place, message: `${service.name} does not keep running (${why}): left out` });
		return false;
	});
}

function oneOffReason({ name, body }: ComposeService): string | undefined {
	const restart = textIn(field(body, 'restart')) ?? 'no';
	const published = listIn(field(body, 'ports')).length > 0;
	const words = commandOf(body);
	const image = textIn(field(body, 'image')) ?? '';
	const idle = words.length === 0 || /^(\/bin\/)?(true|echo)$/.test(words[0] ?? '');
	if (
		/^(.*\/)?(busybox|alpine|true|scratch|hello-world)(:.*)?$/.test(image) &&
		field(body, 'volumes') !== undefined &&
		!published &&
		idle
	)
		return 'it only holds volumes';
	if (published || !['no', 'false', 'on-failure'].includes(restart.replace(/:\d+$/, '')))
		return undefined;
	const split = (text: string) => text.toLowerCase().split(/[^a-z]+/);
	const word =
		split(name).find((each) => oneOffWords.has(each)) ??
		words
			.slice(0, 4)
			.flatMap(split)
			.find((each) => oneOffWords.has(each));
	return word === undefined ? undefined : `its name or command says ${word}`;
}

function commandOf(body: unknown): string[] {
	return [...commandWords(field(body, 'entrypoint')), ...commandWords(field(body, 'command'))].map(
		(word) => interpolate(word)
	);
}

/** Names that a service answers to inside: its own, its container's, its aliases. */
function hostsOf(services: ComposeService[]): Map<string, string> {
	const hosts = new Map<string, string>();
	for (const { name, body } of services) {
		const others = [
			textIn(field(body, 'container_name')),
			textIn(field(body, 'hostname')),
			...entriesIn(field(body, 'networks')).flatMap(([, network]) =>
				listIn(field(network, 'aliases')).map(textIn)
			)
		];
		for (const host of others)
			if (host !== undefined && !hosts.has(host.toLowerCase())) hosts.set(host.toLowerCase(), name);
	}
	for (const { name } of services) hosts.set(name.toLowerCase(), name);
	return hosts;
}

function draftOf(
	service: ComposeService,
	hosts: Map<string, string>,
	notes: ImportNote[]
): DraftService {
	const { name, body, source } = service;
	const place = source.placeOf(['services', name]);
	const profiles = listIn(field(body, 'profiles')).map(textIn).join(', ').slice(0, 100);
	if (profiles !== '')
		notes.push({ ...place, message: `${name} runs only with profile ${profiles}: taken in` });
	const image = textIn(field(body, 'image'));
	const ports = portsOf(body);
	const published = ports.some((port) => port.fixed);
	const deployed = field(body, 'deploy');
	const replicas = countIn(field(deployed, 'replicas')) ?? countIn(field(body, 'scale'));
	const cpus =
		cpusIn(field(deployed, 'resources', 'limits', 'cpus')) ?? cpusIn(field(body, 'cpus'));
	const environment = entriesIn(environmentOf(field(body, 'environment'))).map(
		([key, value]): [string, string] => [key, interpolate(textIn(value) ?? '')]
	);
	const topic = environment.map(([key, value]) => topicIn(key, value)).find((each) => each);
	const shown = image === undefined ? undefined : interpolate(image);
	return {
		key: name,
		clues: {
			name,
			command: commandOf(body).join(' '),
			ports: ports.map(({ inside }) => inside),
			published,
			...(shown === undefined ? {} : { image: shown })
		},
		place,
		role: shown === undefined ? 'Built from source.' : `Runs ${shown.slice(0, 120)}.`,
		...(replicas === undefined ? {} : { replicas }),
		...(cpus === undefined ? {} : { cpus }),
		...(published ? { entry: 'it publishes a port' } : {}),
		...(topic === undefined ? {} : { topic }),
		mentions: mentionsOf(service, environment, hosts, notes)
	};
}

function mentionsOf(
	{ name, body, source }: ComposeService,
	environment: [string, string][],
	hosts: Map<string, string>,
	notes: ImportNote[]
): Mention[] {
	const mentions: Mention[] = [];
	const listed = Array.isArray(field(body, 'environment'));
	for (const [key, value] of environment)
		for (const host of hostsIn(key, value)) {
			const to = hosts.get(host);
			if (to === undefined || to === name) continue;
			const path = ['services', name, 'environment', ...(listed ? [] : [key])];
			mentions.push({ to, place: source.placeOf(path), because: `${key} names it`, setting: key });
		}
	for (const { flag, host } of hostsInCommand(commandOf(body))) {
		const to = hosts.get(host);
		if (to === undefined || to === name) continue;
		const place = source.placeOf(['services', name, 'command']);
		mentions.push({ to, place, because: 'its command names it', setting: flag });
	}
	const links = [...listIn(field(body, 'links'))].map((link) => textIn(link)?.split(':')[0] ?? '');
	const needs: [string, string, string][] = [
		...links.map((to): [string, string, string] => [to, 'links', 'it links to it']),
		...dependenciesOf(body).map((each): [string, string, string] => [
			each.name,
			'depends_on',
			'it is started after it'
		])
	];
	for (const [to, key, because] of needs) {
		const place = source.placeOf(['services', name, key, ...(key === 'depends_on' ? [to] : [])]);
		if (hosts.get(to.toLowerCase()) === to) mentions.push({ to, place, because });
		else if (field(source.data, 'services', to) === undefined)
			notes.push({ ...place, message: `${name} needs ${to}, which is not there` });
	}
	return mentions;
}

/** Ports inside, and whether they have a fixed number outside. */
function portsOf(body: unknown): { inside: number; fixed: boolean }[] {
	const ports = listIn(field(body, 'ports')).map((port) => {
		const short = textIn(port);
		if (short === undefined)
			return {
				inside: Number(field(port, 'target')),
				fixed: (textIn(field(port, 'published')) ?? '') !== ''
			};
		const parts = interpolate(short)
			.replace(/\/\w+$/, '')
			.replace(/\$\{[^}]*\}/g, '0')
			.split(':');
		return { inside: Number((parts.at(-1) ?? '').split('-')[0]), fixed: parts.length > 1 };
	});
	const exposed = listIn(field(body, 'expose')).map((port) => ({
		inside: Number(textIn(port)?.split('/')[0]),
		fixed: false
	}));
	return [...ports, ...exposed].map((port) => ({
		...port,
		inside: Number.isFinite(port.inside) ? port.inside : 0
	}));
}
