import { bytesServer, type BytesServer } from '../support/bytes-server';
import { binaryStore, type BinaryMode, type BinaryStore } from './binary-modes';
import { runNode, type RunResult } from './harness';
import { PLACES } from './services';
import { loadTree } from './tree';
import type { INodeExecutionData } from 'n8n-workflow';

const MODES: readonly BinaryMode[] = ['default', 'filesystem', 'database', 's3', 'azure'];
const MB = 1024 * 1024;

/** The bytes of the file part as they arrived. */
function fileIn(body: Buffer): Buffer {
	const head = body.indexOf('\r\n\r\n', body.indexOf('name="file"')) + 4;
	return body.subarray(head, body.lastIndexOf('\r\n--convoflow-'));
}

describe('files that are sent from n8n', () => {
	const place = PLACES.find(({ title }) => title === 'flowai message sendMediaFile');
	let server: BytesServer;
	let store: BinaryStore;
	beforeEach(async () => {
		server = await bytesServer();
	});
	afterEach(async () => {
		await store?.close();
		await server.close();
	});

	async function send(
		items: readonly INodeExecutionData[],
		parameters: Record<string, string> = {},
		onError?: 'continueRegularOutput',
	): Promise<RunResult> {
		if (!place) throw new Error('the operation is missing');
		return await runNode({
			tree: await loadTree(place.tree),
			nodeType: place.nodeType,
			credentials: { flowAiApi: { apiKey: 'k', baseUrl: server.url } },
			parameters: {
				resource: 'message',
				operation: 'sendMediaFile',
				threadId: { __rl: true, mode: 'id', value: 't-1' },
				file: 'data',
				...parameters,
			},
			items,
			...(onError ? { onError } : {}),
		});
	}

	it.each(MODES.flatMap((mode) => [0, 1, 70_000].map((size) => [mode, size] as const)))(
		'UPLOAD-02 %s: %d bytes arrive as they are',
		async (mode, size) => {
			store = await binaryStore(mode);
			const bytes = Uint8Array.from({ length: size }, (_, index) => index % 251);
			const data = await store.keep(bytes, 'pic.png', 'image/png');
			const { error, items } = await send([{ json: {}, binary: { data } }]);
			expect(error).toBeUndefined();
			expect(items[0]?.[0]?.json).toMatchObject({ fileName: 'pic.png', mimeType: 'image/png' });
			const [request] = server.received;
			expect(request?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=convoflow-/);
			expect(Number(request?.headers['content-length'])).toBe(request?.body.length);
			expect(fileIn(request?.body ?? Buffer.alloc(0)).equals(Buffer.from(bytes))).toBe(true);
		},
	);

	it('UPLOAD-02 more than 16 MB arrive as they are', async () => {
		store = await binaryStore('filesystem');
		const bytes = Buffer.alloc(17 * MB, 'convoflow');
		const data = await store.keep(bytes, 'film.mp4', 'video/mp4');
		await send([{ json: {}, binary: { data } }]);
		expect(fileIn(server.received[0]?.body ?? Buffer.alloc(0)).equals(bytes)).toBe(true);
	});

	it.each(['default', 'filesystem'] as const)(
		'UPLOAD-03 %s: more than 64 MB are refused before anything is loaded or sent',
		async (mode) => {
			store = await binaryStore(mode);
			const data = await store.keep(Buffer.alloc(64 * MB + 1), 'film.mp4', 'video/mp4');
			const { error } = await send([{ json: {}, binary: { data } }]);
			expect(error).toMatchObject({
				message: 'File has 64 MB; n8n can send at most 64 MB, since it holds the file in memory',
				description: 'Send a smaller file, or put it on the web and send its address. Nothing was sent.',
				context: { itemIndex: 0 },
			});
			expect(server.received).toEqual([]);
		},
	);

	it('NODE-16 the field is read for each item, and a missing one names those that are there', async () => {
		store = await binaryStore('default');
		const photo = await store.keep(Buffer.from('photo'), 'photo.jpg', 'image/jpeg');
		const items = [
			{ json: { field: 'photo' }, binary: { photo } },
			{ json: { field: 'scan' }, binary: { photo } },
			{ json: { field: 'photo' } },
		];
		const { items: out } = await send(items, { file: '={{ $json.field }}' }, 'continueRegularOutput');
		expect(out[0]?.map(({ json }) => json['error'] ?? json['fileName'])).toEqual([
			'photo.jpg',
			'File names no file: the item has no binary field "scan"; it has: photo',
			'File names no file: the item has no binary field "photo"',
		]);
		expect(server.received).toHaveLength(1);
	});
});
