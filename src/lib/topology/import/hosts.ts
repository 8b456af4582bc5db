/** What of a text names a host: looked up once, whatever the number of services. */

const maximumLength = 20_000;
const hostSetting =
	/(^|[_.-])(HOSTS?|HOSTNAME|ADDR|ADDRESS|ADDRESSES|URLS?|URI|SERVERS?|BROKERS?|ENDPOINTS?|SERVICE|BOOTSTRAP|DSN|BACKEND|NODES?|UPSTREAM|CONNECT|CONNECTION|PEERS?|MASTER|PRIMARY|LEADER|SEEDS|CONTACT_POINTS|API|IP)$/i;
const camelSetting = /(Host|Hosts|Addr|Address|Url|URL|Uri|Server|Servers|Endpoint)$/;
const authority = /:\/\/([^\s"'`<>/?#\\]+)/g;
const withPort =
	/(^|[^A-Za-z0-9._@/$}-])([A-Za-z0-9][A-Za-z0-9._-]*):(?:\d{2,5}|\$\{?[A-Za-z_]+\}?)(?![\w.])/g;
const bare = /^[A-Za-z0-9][A-Za-z0-9._-]*(?::\S*)?$/;

/**
 * Names in a value that stand where a host stands: in an address, before a port, after `@` and, where the setting is
 * called HOST, URL and the like, alone. Lower case, without port; in the order of the text.
 */
export function hostsIn(setting: string, value: string): string[] {
	const text = value.slice(0, maximumLength);
	const hosts = new Set<string>();
	const add = (word: string) => {
		const host = (word.split(':')[0] ?? '').toLowerCase().replace(/\.$/, '');
		if (/^[a-z0-9]/.test(host)) hosts.add(host);
	};
	const rest = text.replace(authority, (_, inside: string) => {
		for (const host of inside.slice(inside.lastIndexOf('@') + 1).split(',')) add(host.trim());
		return ' ';
	});
	for (const match of rest.matchAll(withPort)) add(match[2] ?? '');
	for (const match of rest.matchAll(/@(?:tcp\()?([A-Za-z0-9][A-Za-z0-9.-]*)/g)) add(match[1] ?? '');
	for (const match of rest.matchAll(/[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.svc(?![A-Za-z0-9])/g))
		add(match[0]);
	if (hostSetting.test(setting) || camelSetting.test(setting))
		for (const word of rest.split(/[\s,;]+/)) {
			const name = word.replace(/\/.*$/, '');
			if (bare.test(name)) add(name);
		}
	return [...hosts];
}

/** Hosts that a command names: in addresses, before ports, and behind flags such as `--redis-host`. */
export function hostsInCommand(words: string[]): { flag: string; host: string }[] {
	const found: { flag: string; host: string }[] = [];
	let flag = '';
	for (const word of words.slice(0, 2000)) {
		const match = /^--?([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/.exec(word);
		const setting = match?.[1] ?? flag;
		const value = match ? (match[2] ?? '') : word;
		for (const host of hostsIn(setting, value)) found.push({ flag: setting, host });
		flag = match && match[2] === undefined ? setting : '';
	}
	return found;
}

/** Words of a command, as a shell would split them, roughly. */
export function commandWords(command: unknown): string[] {
	const list: unknown[] = Array.isArray(command) ? command : [command];
	return list
		.filter((word) => typeof word === 'string')
		.flatMap((word) => word.slice(0, maximumLength).split(/[\s"'`]+/))
		.filter((word) => word !== '');
}
