/** What a form service expects and how it answers; any other address is a plain endpoint. */
export interface Provider {
	/** Name of the field that people leave empty because they never see it. */
	honeypot: string;
	/** Whether it always answers a request for JSON with JSON, so that anything else is no receipt. */
	answersJson: boolean;
}

const providers: { host: RegExp; provider: Provider }[] = [
	{ host: /(^|\.)formspree\.io$/, provider: { honeypot: '_gotcha', answersJson: true } },
	{ host: /(^|\.)web3forms\.com$/, provider: { honeypot: 'botcheck', answersJson: true } },
	{ host: /(^|\.)usebasin\.com$/, provider: { honeypot: '_gotcha', answersJson: true } }
];

const plain: Provider = { honeypot: '_gotcha', answersJson: false };

/** The service behind an endpoint, by its host. */
export function providerOf(endpoint: string): Provider {
	const host = addressOf(endpoint)?.hostname ?? '';
	return providers.find((known) => known.host.test(host))?.provider ?? plain;
}

/**
 * Fields that travel with every message: the parameters of the endpoint's address. Web3Forms wants its `access_key` as a
 * field, Netlify its `form-name`.
 */
export function hiddenFields(endpoint: string): { name: string; value: string }[] {
	const parameters = addressOf(endpoint)?.searchParams ?? new URLSearchParams();
	return [...parameters].map(([name, value]) => ({ name, value }));
}

function addressOf(endpoint: string): URL | undefined {
	return URL.canParse(endpoint) ? new URL(endpoint) : undefined;
}
