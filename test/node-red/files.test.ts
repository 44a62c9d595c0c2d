import { createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileContent } from '@convoflow/client';
import type { FieldMap } from '@convoflow/kit';
import { withFiles } from '../../packages/node-red/src/runtime/input-file';
import { itemsOf } from '../../packages/node-red/src/runtime/message-items';
import { filePayload } from '../../packages/node-red/src/runtime/output-file';
import { bytesServer, type BytesServer } from '../support/bytes-server';
import { rejection } from '../support/fake-ports';
import { startNodeRed, type CallResult, type NodeRed } from './harness';

const FIELDS: FieldMap = { file: { kind: 'file', label: 'File', description: 'A file' } };
const BYTES = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 251));

async function bytesOf(content: FileContent['content']): Promise<Buffer> {
	return content instanceof Uint8Array
		? Buffer.from(content)
		: Buffer.concat(await Readable.from(content).toArray());
}

let folder: string;
beforeAll(async () => {
	folder = await fs.mkdtemp(path.join(tmpdir(), 'convoflow-files-'));
	await fs.writeFile(path.join(folder, 'Menu.PDF'), BYTES);
});
afterAll(async () => await fs.rm(folder, { recursive: true, force: true }));

describe('a file in a message', () => {
	const read = async (file: unknown, message: Record<string, unknown> = {}): Promise<FileContent> =>
		(await withFiles(FIELDS, { file }, message))['file'] as FileContent;

	it('is a Buffer, named by msg.filename as the File nodes set it', async () => {
		const file = await read(BYTES, { filename: '/data/photo.jpg' });
		expect(file).toMatchObject({ name: 'photo.jpg', mimeType: 'image/jpeg', content: BYTES });
		expect(await read(BYTES)).toMatchObject({ name: 'file', mimeType: 'application/octet-stream' });
		expect(await read(BYTES, { mimeType: 'image/png' })).toMatchObject({ mimeType: 'image/png' });
	});

	it('is the path of a file, which is opened when it is read', async () => {
		const file = await read(path.join(folder, 'Menu.PDF'));
		expect(file).toMatchObject({ name: 'Menu.PDF', mimeType: 'application/pdf', size: BYTES.length });
		expect(await bytesOf(file.content)).toEqual(BYTES);
	});

	it('UPLOAD-04 is a stream, read once', async () => {
		const stream = Readable.from([BYTES.subarray(0, 10), BYTES.subarray(10)], { objectMode: false });
		const file = await read(stream);
		expect(file.size).toBeUndefined();
		expect(await bytesOf(file.content)).toEqual(BYTES);
		expect(await rejection(read(stream))).toMatchObject({ message: 'File is a stream that was read before' });
	});

	it.each([
		[() => path.join(folder, 'none.pdf'), /names a file that does not exist/],
		[() => folder, /names something that is no file/],
		[() => path.join(folder, 'Menu.PDF', 'x'), /names a file that does not exist/],
		[() => 42, /must be a Buffer, the path of a file, or a stream/],
		[() => ({ a: 1 }), /must be a Buffer/],
	])('is refused before anything is sent when it cannot be read (%#)', async (value, words) => {
		expect(await rejection(read(value()))).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field: 'file',
			message: expect.stringMatching(words) as string,
		});
	});

	it('is not asked for when the field is blank', async () => {
		expect(await withFiles(FIELDS, { file: '' }, {})).toEqual({ file: '' });
	});

	it('that is a stream of objects is no file', async () => {
		const file = await read(Readable.from([{ a: 1 }]));
		expect(await rejection(bytesOf(file.content))).toMatchObject({ field: 'file' });
	});
});

describe('a file that comes out', () => {
	const made = (): FileContent => ({
		name: '../menu.txt',
		mimeType: 'text/plain',
		content: Readable.from([BYTES.subarray(0, 400), BYTES.subarray(400)], { objectMode: false }),
	});
	const as = (form: 'buffer' | 'stream' | 'path', into = folder): Promise<unknown> =>
		filePayload(made(), { as: form, folder: into }, 'id-1');

	it('is a Buffer, a stream, or a saved file, as chosen', async () => {
		expect(await as('buffer')).toEqual(BYTES);
		const through = new PassThrough();
		const stream = (await as('stream')) as Readable;
		stream.pipe(through);
		expect(Buffer.concat(await through.toArray())).toEqual(BYTES);
		const target = path.join(folder, 'deep', 'er');
		expect(await as('path', target)).toBe(path.join(target, 'menu.txt'));
		expect(await fs.readFile(path.join(target, 'menu.txt'))).toEqual(BYTES);
		expect(await fs.readdir(target)).toEqual(['menu.txt']);
	});

	it('that breaks off leaves what stood there before', async () => {
		const target = path.join(folder, 'kept');
		await fs.mkdir(target);
		await pipeline(Readable.from(['before']), createWriteStream(path.join(target, 'a.txt')));
		const content = (async function* () {
			yield await Promise.resolve(BYTES);
			throw new Error('gone');
		})();
		const file: FileContent = { name: 'a.txt', mimeType: 'text/plain', content };
		expect(await rejection(filePayload(file, { as: 'path', folder: target }, 'x'))).toMatchObject({
			message: 'gone',
		});
		expect(await fs.readdir(target)).toEqual(['a.txt']);
		expect(await fs.readFile(path.join(target, 'a.txt'), 'utf8')).toBe('before');
	});

	it('that cannot be saved says where and why', async () => {
		expect(await rejection(as('path', path.join(folder, 'Menu.PDF')))).toMatchObject({
			code: 'CONVOFLOW_FILE_NOT_SAVED',
			message: expect.stringContaining('menu.txt') as string,
		});
	});
});

it.each([
	[{ a: 1 }, [{ a: 1 }]],
	[
		[{ a: 1 }, { a: 2 }],
		[{ a: 1 }, { a: 2 }],
	],
	[[], []],
])('the items of the payload %j are its objects', (payload, items) => {
	expect(itemsOf({ payload })).toEqual(items);
});

it.each([['text'], [[1]], [null], [undefined]])('the payload %j holds no items', (payload) => {
	expect(() => itemsOf({ payload })).toThrow(/must be an object or an array of objects/);
});

describe('files sent from the runtime', () => {
	let red: NodeRed;
	let server: BytesServer;
	beforeAll(async () => {
		[red, server] = await Promise.all([startNodeRed(), bytesServer()]);
	});
	afterAll(async () => {
		await red.stop();
		await server.close();
	});

	async function send(file: unknown, more: Record<string, unknown> = {}): Promise<CallResult> {
		return await red.callNode({
			type: 'flowai-message',
			config: { operation: 'message.sendMediaFile', threadId: 't-1', threadIdType: 'str' },
			settings: {
				flowAiApi: { type: 'flowai-api', config: { baseUrl: server.url }, credentials: { apiKey: 'k' } },
			},
			msg: { payload: file, ...more },
		});
	}

	it.each([0, 1, 100_000])('UPLOAD-02 a Buffer of %d bytes arrives as it is', async (size) => {
		const bytes = Buffer.alloc(size, 'convoflow');
		const { msg, error } = await send({ $bytes: bytes.toString('base64') }, { filename: 'a.png' });
		expect(error).toBeUndefined();
		expect(msg?.['payload']).toMatchObject({ status: 'ok', fileName: 'a.png', mimeType: 'image/png' });
		const body = server.received.at(-1)?.body ?? Buffer.alloc(0);
		const head = body.indexOf('\r\n\r\n', body.indexOf('name="file"')) + 4;
		expect(body.subarray(head, body.lastIndexOf('\r\n--convoflow-')).equals(bytes)).toBe(true);
		expect(server.received.at(-1)?.headers['content-length']).toBe(String(body.length));
	});

	it('UPLOAD-05 a path that cannot be read reaches the Catch node, and nothing is sent', async () => {
		const before = server.received.length;
		const { error } = await send(path.join(folder, 'none.pdf'));
		expect(error).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT', cause: { field: 'file' } });
		expect(error?.message).toMatch(/does not exist.*read from msg\.payload/);
		expect(server.received).toHaveLength(before);
		expect((await send(path.join(folder, 'Menu.PDF'))).error).toBeUndefined();
		expect(server.received).toHaveLength(before + 1);
	});
});
