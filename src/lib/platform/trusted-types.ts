interface TrustedTypePolicyFactory {
	createPolicy(
		name: string,
		rules: { createScriptURL(address: string): string }
	): { createScriptURL(address: string): unknown };
}

let policy: { createScriptURL(address: string): unknown } | undefined;

function sameOrigin(address: string): string {
	const url = new URL(address, location.href);
	if (url.origin !== location.origin) throw new TypeError(`${url.origin} is not this site`);
	return url.href;
}

/** An address of this site as the Trusted Types policy wants it for workers. Throws on another origin. */
export function trustedScriptUrl(address: string): string {
	const factory = (globalThis as { trustedTypes?: TrustedTypePolicyFactory }).trustedTypes;
	if (!factory) return sameOrigin(address);
	policy ??= factory.createPolicy('fournines-worker', { createScriptURL: sameOrigin });
	return policy.createScriptURL(address) as string;
}
