import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the Flow Library's catalogue takes from a package's manifest. */
interface CatalogueEntry {
	readonly id: string;
	readonly version: string;
	readonly description: string;
	readonly keywords: readonly string[];
	readonly url: string;
}

/** The entry of our package in a catalogue of Node-RED's palette manager. */
export function catalogueEntry(): CatalogueEntry {
	const manifest = join(__dirname, '../../packages/node-red/package.json');
	const { name, version, description, keywords, homepage } = JSON.parse(
		readFileSync(manifest, 'utf8'),
	) as Omit<CatalogueEntry, 'id' | 'url'> & { readonly name: string; readonly homepage: string };
	return { id: name, version, description, keywords, url: homepage };
}
