import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGING_CASES } from '../paging-cases/table';
import { STREAM_CASES } from '../stream-cases/table';
import type { Cell as ListedCell } from '../support/case-cell';
import { WEBHOOK_CASES } from '../webhook-cases/table';

/** Where a case has to hold: the client, the packages for n8n and for Node-RED, and the switch of the sandbox. */
export const PLACES = ['client', 'n8n', 'nodeRed', 'sandbox'] as const;
export type Place = (typeof PLACES)[number];

/** A place by the letter that the list of cases uses. */
const LETTERS: Readonly<Record<string, Place>> = { C: 'client', N: 'n8n', R: 'nodeRed', S: 'sandbox' };

/** A case: what goes wrong, where it has to hold, and why a place that is named has no test of its own. */
export interface FaultCase {
	readonly what: string;
	/** Letters of the places: C, N, R, S. */
	readonly where: string;
	readonly because?: Partial<Readonly<Record<Place, string>>>;
}

/** Files that a place runs; what it runs from elsewhere is found by its imports. */
const FOLDERS: Readonly<Record<Place, readonly RegExp[]>> = {
	client: [/^test\/(client|kit)\//],
	n8n: [/^test\/n8n\//, /^test\/e2e\/n8n/, /^test\/polls\/(.*n8n|week\.test)/],
	nodeRed: [/^test\/node-red\//, /^test\/e2e\/node-red/, /^test\/polls\/(.*node-red|(kill|week)\.test)/],
	sandbox: [/^test\/sandbox\//],
};
/** Suites that several places run. */
const SHARED = /^test\/(webhook|fault|stream|paging)-cases\/.*-cases\.ts$/;

const ROOT = join(__dirname, '../..');
const ID = /\b(?:HTTP|PAGE|UPLOAD|WS|HOOK|NODE)-\d{2}\b/g;

function testFiles(): string[] {
	return readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
		.map((file) => `test/${file.replaceAll('\\', '/')}`)
		.filter((file) => file.endsWith('.ts') && !file.includes('/table.ts'));
}

/** The ids that stand in texts of a test file, which are the titles of its tests and the first of their rows. */
function idsIn(source: string): Set<string> {
	const code = source.replace(/^\s*(\/\/|\/?\*).*$/gm, '');
	const texts = code.match(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|"(?:[^"\\\n]|\\.)*"/g) ?? [];
	return new Set(texts.flatMap((text) => text.match(ID) ?? []));
}

/** Rows of the tables of single families, whose tests do not all bear their ids. */
const FAMILIES: Readonly<Record<string, Partial<Readonly<Record<Place, ListedCell>>>>> = {
	...WEBHOOK_CASES,
	...STREAM_CASES,
	...PAGING_CASES,
};

/** The files whose tests hold each case, by id and place. */
export function findTests(): Map<string, Map<Place, string[]>> {
	const found = new Map<string, Map<Place, string[]>>();
	const note = (id: string, place: Place, file: string): void => {
		const places = found.get(id) ?? new Map<Place, string[]>();
		places.set(place, [...(places.get(place) ?? []), file]);
		found.set(id, places);
	};
	const files = testFiles();
	const sources = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
	for (const place of PLACES) {
		const own = files.filter((file) => FOLDERS[place].some((folder) => folder.test(file)));
		const borrowed = files.filter((file) => {
			if (!SHARED.test(file)) return false;
			const name = file.replace(/^test\//, '').replace(/\.ts$/, '');
			return own.some((runner) => sources.get(runner)?.includes(`/${name}'`));
		});
		for (const file of [...own, ...borrowed])
			for (const id of idsIn(sources.get(file) ?? '')) note(id, place, file);
	}
	for (const [id, row] of Object.entries(FAMILIES))
		for (const [place, cell] of Object.entries(row))
			if (!('because' in cell)) note(id, place as Place, cell[0]);
	return found;
}

/** What stands in a cell of the table: tests, why there are none, or that the case is none of this place. */
export type Cell =
	| { readonly kind: 'tests'; readonly files: readonly string[] }
	| { readonly kind: 'reason'; readonly because: string }
	| { readonly kind: 'none' }
	| { readonly kind: 'missing' };

/** The table over all cases. */
export function tableOf(cases: Readonly<Record<string, FaultCase>>): Map<string, Map<Place, Cell>> {
	const found = findTests();
	const cellOf = (id: string, { where, because }: FaultCase, place: Place): Cell => {
		const files = found.get(id)?.get(place);
		if (files) return { kind: 'tests', files };
		const listed = FAMILIES[id]?.[place];
		const reason = because?.[place] ?? (listed && 'because' in listed ? listed.because : undefined);
		if (reason !== undefined) return { kind: 'reason', because: reason };
		const isWanted = [...where].some((letter) => LETTERS[letter] === place);
		return { kind: isWanted ? 'missing' : 'none' };
	};
	return new Map(
		Object.entries(cases).map(([id, one]) => [
			id,
			new Map(PLACES.map((place) => [place, cellOf(id, one, place)])),
		]),
	);
}
