import { defineCredential, operationsFor, type Service } from '@convoflow/kit';
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { executeService } from '../../packages/n8n-host/src/execute';
import { binaryStore, type BinaryStore } from './binary-modes';
import { runNode, type RunResult } from './harness';
import type { Tree } from './tree';

const WORDS = { label: 'Label', description: 'What it is' } as const;

const credential = defineCredential({
	name: 'fakeApi',
	displayName: 'Fake API',
	nodeRedType: 'fake-api',
	documentationUrl: 'https://example.test',
	service: { code: 'FAKE', label: 'Fake' },
	test: { method: 'GET', path: '/', proof: 'ok' },
	fields: { key: { kind: 'secret', ...WORDS } },
	sign: () => ({}),
	baseUrl: () => 'https://example.test',
	connect: () => ({}),
});
const define = operationsFor<object>('fake', 'fakeApi');
const words = {
	displayName: 'Export',
	action: 'Export it',
	description: 'Export it',
	effect: 'read',
} as const;

async function* pieces(text: string): AsyncGenerator<Uint8Array, void, void> {
	for (const sign of text) yield await Promise.resolve(new TextEncoder().encode(sign));
}

const each = define({
	...words,
	name: 'each',
	returns: 'file',
	fields: { text: { kind: 'string', ...WORDS, required: true } },
	run: (_client, { text }) =>
		Promise.resolve({
			file: { name: `../${text}.txt`, mimeType: 'text/plain', content: pieces(text) },
			json: { text },
		}),
	examples: [{ name: 'Any', input: { text: 'a' } }],
});
const all = define({
	...words,
	name: 'all',
	mode: 'all',
	returns: 'file',
	fields: { title: { kind: 'string', ...WORDS, required: true } },
	run: (_client, { title }, { items = [] }) => {
		const content = new TextEncoder().encode(
			`${title}\n${items.map((item) => JSON.stringify(item)).join('\n')}`,
		);
		return Promise.resolve({ file: { name: 'all.csv', mimeType: 'text/csv', content } });
	},
	examples: [{ name: 'Any', input: { title: 'a' } }],
});
const endless = define({
	...words,
	name: 'endless',
	returns: 'file',
	fields: {},
	run: () =>
		Promise.resolve({
			file: {
				name: 'endless',
				mimeType: 'text/plain',
				content: (async function* () {
					for (;;) yield await Promise.resolve(new Uint8Array(1024 * 1024));
				})(),
			},
		}),
	examples: [{ name: 'Any', input: {} }],
});

const service: Service = {
	name: 'fake',
	displayName: 'Fake',
	description: 'Nothing real',
	categories: [],
	aliases: [],
	resources: [
		{
			name: 'thing',
			displayName: 'Thing',
			description: 'A thing',
			nodeRedType: 'fake-thing',
			operations: [each, all, endless],
		},
	],
	triggers: [],
};

const FAKE: INodeType = {
	description: {
		displayName: 'Fake',
		name: 'fake',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Fake' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'fakeApi' }],
		properties: ['resource', 'operation', 'text', 'title', 'outputBinaryField'].map((name) => ({
			displayName: name,
			name,
			type: 'string',
			default: '',
		})),
	},
	async execute(this: IExecuteFunctions) {
		return await executeService(this, service, [credential]);
	},
};

/** The fake node where a built package would stand. */
const TREE = {
	name: 'n8n-nodes-fake',
	dir: '',
	loader: {
		nodeTypes: { fake: { type: FAKE, sourcePath: '' } },
		credentialTypes: {
			fakeApi: { type: { name: 'fakeApi', displayName: 'Fake', properties: [] }, sourcePath: '' },
		},
	},
} as unknown as Tree;

describe('files that come out in n8n', () => {
	let store: BinaryStore;
	afterEach(async () => await store.close());

	async function run(
		operation: string,
		json: readonly object[],
		parameters: Record<string, string> = {},
	): Promise<RunResult> {
		return await runNode({
			tree: TREE,
			nodeType: 'fake',
			credentials: { fakeApi: {} },
			parameters: { resource: 'thing', operation, ...parameters },
			items: json.map((one) => ({ json: one as never })),
		});
	}

	it.each(['default', 'filesystem', 'database'] as const)(
		'%s: lie where n8n keeps binary data, one for each item and linked to it',
		async (mode) => {
			store = await binaryStore(mode);
			const { error, items } = await run('each', [{ t: 'one' }, { t: 'zwei' }], {
				text: '={{ $json.t }}',
				outputBinaryField: 'document',
			});
			expect(error).toBeUndefined();
			const [out = []] = items;
			expect(out.map(({ json }) => json)).toEqual([
				{ fileName: 'one.txt', mimeType: 'text/plain', text: 'one' },
				{ fileName: 'zwei.txt', mimeType: 'text/plain', text: 'zwei' },
			]);
			expect(out.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
			for (const [index, text] of ['one', 'zwei'].entries()) {
				const file = out[index]?.binary?.['document'];
				expect(file).toMatchObject({ fileName: `${text}.txt`, mimeType: 'text/plain' });
				expect(file && (await store.read(file)).toString()).toBe(text);
				expect(file?.id === undefined).toBe(mode === 'default');
			}
		},
	);

	it('are made once of all items, and linked to all of them', async () => {
		store = await binaryStore('default');
		const { items } = await run('all', [{ a: 1 }, { a: 2 }], { title: 'T{{ 1 }}' });
		expect(items[0]).toHaveLength(1);
		const [item] = items[0] ?? [];
		expect(item?.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
		expect(item?.json).toEqual({ fileName: 'all.csv', mimeType: 'text/csv', fileSize: 24 });
		expect(item?.binary?.['data'] && (await store.read(item.binary['data'])).toString()).toBe(
			'T{{ 1 }}\n{"a":1}\n{"a":2}',
		);
	});

	it('are cut off where n8n could not hold them, with words', async () => {
		store = await binaryStore('default');
		const { error } = await run('endless', [{}]);
		expect(error).toMatchObject({ message: 'The file has more than 64 MB, and n8n holds it in memory' });
	});
});
