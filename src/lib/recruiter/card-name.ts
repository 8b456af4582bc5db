import type { Profile } from '$lib/content';

/**
 * Name of the contact card's file, without its ending: the person's name in the letters that every file system and
 * address takes, or the handle where the name has none of them.
 */
export function cardName({ name, handle }: Pick<Profile, 'name' | 'handle'>): string {
	const plain = name
		.normalize('NFKD')
		.replace(/\p{Mark}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, 60)
		.replace(/^-+|-+$/g, '');
	return plain || handle;
}
