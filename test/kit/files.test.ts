import { ConvoflowError, type FileContent, type JsonObject } from '@convoflow/client';
import {
	fileRow,
	operationsFor,
	readFields,
	readInput,
	runFileOperation,
	runOperation,
	type FileField,
} from '@convoflow/kit';
import { pagesOf, rejection } from '../support/fake-ports';

const UTC = { timeZone: 'UTC' };
const FIELD: FileField = { kind: 'file', label: 'File', description: 'A file', maxBytes: 1024 * 1024 };
const of = (content: FileContent['content'], size?: number): FileContent => ({
	name: 'a.txt',
	mimeType: 'text/plain',
	content,
	size,
});
const read = (value: unknown, field = FIELD): FileContent =>
	readFields({ file: field }, { file: value }, UTC)['file'] as FileContent;

async function* stream(...sizes: number[]): AsyncGenerator<Uint8Array, void, void> {
	for (const size of sizes) yield await Promise.resolve(new Uint8Array(size));
}

describe('a file that comes in', () => {
	it('passes as the host made it', () => {
		const file = of(new Uint8Array(3));
		expect(read(file)).toBe(file);
	});

	it.each([['text'], [{}], [7], [['a']]])('is no %j', (value) => {
		expect(() => read(value)).toThrow('File must be a file');
	});

	it.each([
		['bytes', of(new Uint8Array(1024 * 1024 + 1))],
		['a stream of known size', of(stream(1), 1024 * 1024 + 1)],
	])('is measured before anything is sent: %s', (_name, file) => {
		expect(() => read(file)).toThrow(
			expect.objectContaining({
				code: 'CONVOFLOW_INVALID_INPUT',
				field: 'file',
				message: 'File has 1 MB; at most 1 MB are allowed',
			}) as Error,
		);
	});

	it('UPLOAD-03 is measured while it is read where its size is not known', async () => {
		const pass = async (file: FileContent): Promise<number> => {
			let total = 0;
			for await (const chunk of read(file).content as AsyncIterable<Uint8Array>) total += chunk.length;
			return total;
		};
		expect(await pass(of(stream(1024 * 1024)))).toBe(1024 * 1024);
		expect(await rejection(pass(of(stream(1024 * 1024, 1))))).toMatchObject({
			message: 'File has more than 1 MB; at most 1 MB are allowed',
			field: 'file',
		});
	});

	it('is refused when it is asked for and missing', () => {
		expect(() => read(undefined, { ...FIELD, required: true })).toThrow('File is empty');
	});
});

describe('a file that comes out', () => {
	const define = operationsFor<{ readonly file: FileContent }>('fake', 'fakeApi');
	const words = {
		displayName: 'Export',
		action: 'Export it',
		description: 'Export it',
		effect: 'read',
	} as const;
	const context = {
		signal: new AbortController().signal,
		now: () => 0,
		log: () => undefined,
		notice: () => undefined,
	};
	const operation = define({
		...words,
		name: 'export',
		mode: 'all',
		returns: 'file',
		fields: {},
		run: (client, _input, { items = [] }) => {
			if (items.length === 0) return Promise.reject(new ConvoflowError('FAKE_EMPTY', 'Nothing to export'));
			return Promise.resolve({ file: client.file, json: { rows: items.length } });
		},
		errors: { FAKE_EMPTY: { advice: 'Send items.' } },
		examples: [{ name: 'Any', input: {} }],
	});
	const run = (file: FileContent, items: readonly JsonObject[]) =>
		runFileOperation(operation, { file }, readInput(operation, {}, UTC), { ...context, items });

	it('is handed over unread, with what is told about it', async () => {
		const file = of(stream(5));
		const made = await run(file, [{ a: 1 }, { a: 2 }]);
		expect(made.file).toBe(file);
		expect(fileRow(made)).toEqual({ fileName: 'a.txt', mimeType: 'text/plain', rows: 2 });
		expect(fileRow({ file: of(new Uint8Array(9)) })).toMatchObject({ fileSize: 9 });
		expect(fileRow({ file: { ...file, name: '../up.txt' } })).toMatchObject({ fileName: 'up.txt' });
	});

	it('is told about where rows are asked for', async () => {
		const pages = runOperation(operation, { file: of(new Uint8Array(2)) }, {}, { ...context, items: [{}] });
		expect(await pagesOf(pages)).toEqual([
			[{ fileName: 'a.txt', mimeType: 'text/plain', fileSize: 2, rows: 1 }],
		]);
	});

	it('fails with the advice of its operation', async () => {
		expect(await rejection(run(of(stream()), []))).toMatchObject({
			code: 'FAKE_EMPTY',
			advice: 'Send items.',
		});
	});
});
