import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { ContentFiles } from './load';

/** Every file below a folder with its text, by its path from there with forward slashes. Hidden files are left out. */
export function readFolder(folder: string): ContentFiles {
	const files: ContentFiles = {};
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile() || entry.name.startsWith('.')) continue;
		const path = join(entry.parentPath, entry.name);
		files[relative(folder, path).split(sep).join('/')] = readFileSync(path, 'utf8');
	}
	return files;
}
