import { encodeMultipart, FlowAiClient, type FileContent, type Ports } from '@convoflow/client';
import { bytesServer, type BytesServer } from '../support/bytes-server';
import { closedAddress } from '../support/closed-address';
import { rejection } from '../support/fake-ports';
import { realPorts, type RealPorts } from '../support/undici-port';

const BYTES = Uint8Array.from({ length: 256 }, (_, index) => index);
const PNG: FileContent = { name: 'cat.png', mimeType: 'image/png', content: BYTES };

/** A file that comes piece by piece; tells how often it was opened. */
function pieces(sizes: readonly number[], fault?: Error): FileContent & { opened: () => number } {
	let opened = 0;
	const content: AsyncIterable<Uint8Array> = {
		async *[Symbol.asyncIterator]() {
			opened += 1;
			for (const size of sizes) yield await Promise.resolve(new Uint8Array(size).fill(7));
			if (fault) throw fault;
		},
	};
	return { name: 'big.bin', mimeType: 'application/octet-stream', content, opened: () => opened };
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const all: Uint8Array[] = [];
	for await (const chunk of chunks) all.push(chunk);
	return Buffer.concat(all);
}

describe('a media file on the wire (001, Media message; Flow.ai reference §2.3)', () => {
	let ports: RealPorts;
	let server: BytesServer | undefined;
	beforeEach(() => {
		ports = realPorts();
	});
	afterEach(async () => {
		await ports.close();
		await server?.close();
		server = undefined;
	});

	async function upload(
		file: FileContent,
		{ statuses = [200], baseUrl }: { statuses?: number[]; baseUrl?: string } = {},
		more: Partial<Ports> = {},
	): Promise<unknown> {
		server = await bytesServer(statuses);
		const client = new FlowAiClient({ ...ports, ...more }, { baseUrl: baseUrl ?? server.url });
		return await client.uploadMedia({
			threadId: 't-100|a/b',
			mediaType: 'image',
			file,
			originator: { name: 'Mara', role: 'external' },
			traceId: 7,
			title: 'Cat',
		});
	}

	it('UPLOAD-08 is a POST of two parts, byte for byte', async () => {
		expect(await upload(PNG)).toEqual({ status: 'ok' });
		const [request] = server?.received ?? [];
		expect([request?.method, request?.url]).toEqual(['POST', '/rest/v1/messages/t-100%7Ca%2Fb']);
		const boundary = /^multipart\/form-data; boundary=(convoflow-[0-9a-f]{32})$/.exec(
			request?.headers['content-type'] ?? '',
		)?.[1];
		const query =
			'{"payload":{"type":"media","traceId":7,"mediaType":"image","mimeType":"image/png","title":"Cat","originator":{"name":"Mara","role":"external"}}}';
		const expected = Buffer.concat([
			Buffer.from(
				`--${boundary}\r\nContent-Disposition: form-data; name="query"\r\n\r\n${query}\r\n` +
					`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="cat.png"\r\nContent-Type: image/png\r\n\r\n`,
			),
			BYTES,
			Buffer.from(`\r\n--${boundary}--\r\n`),
		]);
		expect(request?.body.equals(expected)).toBe(true);
		expect(request?.headers.accept).toBe('application/json');
	});

	it('UPLOAD-02 is sent piece by piece, also where its size is not known', async () => {
		await upload(pieces([100_000, 1, 0, 65_536]));
		const body = server?.received[0]?.body ?? Buffer.alloc(0);
		expect(body.subarray(body.indexOf('octet-stream\r\n\r\n') + 16).indexOf('\r\n--convoflow-')).toBe(
			165_537,
		);
	});

	it.each([429, 503])('UPLOAD-07 is not repeated once bytes were sent, not even at %d', async (status) => {
		const file = pieces([10]);
		expect(await rejection(upload(file, { statuses: [status, 200] }))).toMatchObject({ status });
		expect(server?.received).toHaveLength(1);
		expect(file.opened()).toBe(1);
	});

	it('is repeated while nobody has taken a byte', async () => {
		const closed = await closedAddress();
		let attempts = 0;
		await upload(
			PNG,
			{},
			{
				request: async (request) => {
					attempts += 1;
					const url = attempts < 3 ? `${closed}/rest` : request.url;
					if (attempts < 3) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
					return await ports.request({ ...request, url });
				},
				sleep: () => Promise.resolve(),
			},
		);
		expect([attempts, server?.received.length]).toEqual([3, 1]);
	});

	it('UPLOAD-05 that cannot be read to its end is an error of its own, and arrives at no one as a whole', async () => {
		const file = pieces([1_000, 1_000], new Error('the disk is gone'));
		expect(await rejection(upload(file))).toMatchObject({
			code: 'CONVOFLOW_FILE_UNREADABLE',
			cause: { message: 'the disk is gone' },
		});
		expect(server?.received).toEqual([]);
	});
});

describe('a multipart body', () => {
	it.each([
		['a"b.png', 'a%22b.png'],
		['a\r\nX-Evil: 1.png', 'a%0D%0AX-Evil: 1.png'],
		['../../etc/passwd', 'passwd'],
		['C:\\temp\\menu.pdf', 'menu.pdf'],
		['Ça va – 日本.txt', 'Ça va – 日本.txt'],
		['..', 'file'],
		['', 'file'],
		['nul\u0000l', 'nul%00l'],
	])('UPLOAD-01 names the file %j as %j', async (name, expected) => {
		const { chunks } = encodeMultipart([{ name: 'file', file: { ...PNG, name } }], 'b');
		const text = (await bytesOf(chunks)).toString('utf8');
		expect(text.split('\r\n')[1]).toBe(`Content-Disposition: form-data; name="file"; filename="${expected}"`);
		expect(text.split('\r\n')[2]).toBe('Content-Type: image/png');
	});

	it.each([[[]], [[1]], [[70_000, 3]]])('knows its length before it is read: pieces of %j', async (sizes) => {
		const total = sizes.reduce((sum, size) => sum + size, 0);
		const body = encodeMultipart([
			{ name: 'query', text: '{"ä":1}' },
			{ name: 'file', file: { ...pieces(sizes), size: total } },
		]);
		expect((await bytesOf(body.chunks)).length).toBe(body.length);
	});

	it('says nothing of its length when a file does not', () => {
		expect(encodeMultipart([{ name: 'file', file: pieces([1]) }]).length).toBeUndefined();
	});

	it('lets no line end through a MIME type', async () => {
		const file = { ...PNG, mimeType: 'image/png\r\nX-Evil: 1' };
		const text = (await bytesOf(encodeMultipart([{ name: 'file', file }]).chunks)).toString();
		expect(text).toContain('Content-Type: application/octet-stream\r\n\r\n');
	});
});
