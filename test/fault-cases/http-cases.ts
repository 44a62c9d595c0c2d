import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { makeCertificate } from '../support/certificate';
import { closedAddress } from '../support/closed-address';
import { answerBytes, hostileServer, type HostileServer, type Misdeed } from '../support/hostile-server';

/** The key of every call here; nothing that is seen may hold it. */
export const KEY = 'fake+key/never/to-be-seen==';

/** What a user sees of a call. */
export interface Seen {
	/** Absent where it went well. */
	readonly code?: string | undefined;
	readonly message: string;
	/** Everything that is shown or kept of it: outputs, errors, statuses, logs. */
	readonly shown: string;
}

/** How a call is made. */
export interface Asked {
	/** Default 0. */
	readonly retries?: number;
	/** Limit for one attempt, in seconds. Default 20. */
	readonly requestTimeout?: number;
}

/** A public door: the client, or a node in a host, with Flow.ai at a base URL and `KEY` as its key. */
export interface HttpDoor {
	/** Asks whether the bot of a thread is paused, which is a GET with one answer. */
	read(baseUrl: string, asked?: Asked): Promise<Seen>;
	/** Sends a text, which must not arrive twice. */
	send(baseUrl: string, asked?: Asked): Promise<Seen>;
	/**
	 * Whether the connection of an answer that stalls ends with the call. n8n gives nodes no hold of it: it lasts
	 * until the other side ends it, or TCP notices that there is none.
	 */
	readonly endsStalled: boolean;
	/** Whether a connection on which nothing came is ended at the limit; n8n 2.0 leaves that to the server. */
	readonly endsUnanswered: boolean;
	/** Sends a file of so many bytes into a thread. */
	upload(baseUrl: string, bytes: number): Promise<Seen>;
	/** What a packed answer of 300 MB comes to: too long where it is unpacked, else no JSON. */
	readonly bomb: 'CONVOFLOW_ANSWER_TOO_LARGE' | 'FLOWAI_NOT_JSON';
}

const FORMS = [
	KEY,
	encodeURIComponent(KEY),
	Buffer.from(KEY).toString('base64'),
	Buffer.from(KEY).toString('base64url'),
];
const OK = answerBytes('{"status":"ok","threadId":"t-1","isPaused":true}');
const MIB = 1024 * 1024;

/** Writes a body of a length until it is done or the other side hangs up. @returns bytes taken, later */
function flood(socket: Socket, bytes: number): { sent: number } {
	const piece = Buffer.alloc(64 * 1024, 'x');
	const counter = { sent: 0 };
	const more = (): void => {
		if (socket.destroyed || counter.sent >= bytes) return;
		counter.sent += piece.length;
		socket.write(piece, () => setImmediate(more));
	};
	more();
	return counter;
}

/** A server that answers as soon as the first bytes come. */
async function rawAnswer(
	answer: (socket: Socket) => void,
): Promise<{ url: string; close: () => Promise<void> }> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined).once('data', () => answer(socket));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

/** Every case of an HTTP service that misbehaves, through one door. */
export function httpCases(open: () => HttpDoor): void {
	let server: HostileServer | undefined;

	async function serve(misdeed: Misdeed, tls?: Parameters<typeof hostileServer>[1]): Promise<HostileServer> {
		server = await hostileServer(misdeed, tls);
		return server;
	}

	/** Makes a call and looks for the key in everything that is seen of it. */
	async function seen(call: Promise<Seen>): Promise<Seen> {
		const result = await call;
		for (const form of FORMS) expect(result.shown).not.toContain(JSON.stringify(form).slice(1, -1));
		return result;
	}
	const read = async (asked?: Asked, url = server?.url ?? ''): Promise<Seen> =>
		await seen(open().read(url, asked));
	const send = async (asked?: Asked, url = server?.url ?? ''): Promise<Seen> =>
		await seen(open().send(url, asked));

	afterEach(async () => {
		await server?.close();
		server = undefined;
	});

	it('HTTP-02 a send that gets 500 is made once, and its outcome is unknown', async () => {
		const { requests } = await serve((socket) => socket.write(answerBytes('{}', { status: 500 })));
		expect((await send({ retries: 3 })).code).toBe('CONVOFLOW_OUTCOME_UNKNOWN');
		expect(requests).toHaveLength(1);
	});

	it('HTTP-02 a send whose connection is reset after the body is made once', async () => {
		const { requests } = await serve((socket) => socket.resetAndDestroy());
		expect((await send({ retries: 3 })).code).toBe('CONVOFLOW_OUTCOME_UNKNOWN');
		expect(requests).toHaveLength(1);
	});

	it.each([
		[400, 'FLOWAI_BAD_REQUEST'],
		[401, 'FLOWAI_UNAUTHORIZED'],
		[403, 'FLOWAI_FORBIDDEN'],
		[404, /^FLOWAI_(THREAD_)?NOT_FOUND$/],
		[410, /^FLOWAI_(THREAD_)?NOT_FOUND$/],
		[422, 'FLOWAI_BAD_REQUEST'],
	])('HTTP-03 status %i is final: one attempt, %s, and HTTP-19 no key in it', async (status, code) => {
		const words = `you sent ${FORMS.join(' ')}`;
		const body = JSON.stringify({ message: words });
		const { requests } = await serve((socket) => socket.write(answerBytes(body, { status })));
		expect((await read({ retries: 3 })).code).toMatch(code);
		expect(requests).toHaveLength(1);
	});

	it('HTTP-07 a wait of a day fails at once', async () => {
		const headers = ['retry-after: 86400'];
		const { requests } = await serve((socket) => socket.write(answerBytes('{}', { status: 429, headers })));
		expect((await read({ retries: 3 })).code).toBe('FLOWAI_RATE_LIMITED');
		expect(requests).toHaveLength(1);
	});

	it('HTTP-08 a body that stalls ends within the limit, with its connection', async () => {
		const { idle } = await serve((socket) =>
			socket.write('HTTP/1.1 200 X\r\ncontent-length: 50\r\n\r\n{"a"'),
		);
		expect((await read({ requestTimeout: 0.5 })).code).toBe('FLOWAI_TIMEOUT');
		if (open().endsStalled) await idle();
	});

	it('HTTP-09 a body shorter than its length is a lost connection', async () => {
		await serve((socket) => socket.end('HTTP/1.1 200 X\r\ncontent-length: 50\r\n\r\n{"a":'));
		expect((await read()).code).toBe('FLOWAI_CONNECTION_LOST');
		expect((await send()).code).toBe('CONVOFLOW_OUTCOME_UNKNOWN');
	});

	it('HTTP-09 a body longer than its length never ends the host', async () => {
		await serve((socket) => socket.end('HTTP/1.1 200 X\r\ncontent-length: 5\r\n\r\n{"status":"ok"}'));
		expect((await read()).code).toMatch(/^FLOWAI_(NOT_JSON|CONNECTION_LOST)$/);
	});

	it('HTTP-10 a page in place of JSON points at base URL and key', async () => {
		const headers = ['content-type: text/html'];
		await serve((socket) => socket.write(answerBytes('<html>Sign in</html>', { headers })));
		const { code, shown } = await read();
		expect(code).toBe('FLOWAI_NOT_JSON');
		expect(shown).toMatch(/base URL/i);
	});

	it.each(['', 'null', '7', '[]', '"text"', '{}'])('HTTP-11 the answer %j is no result', async (body) => {
		await serve((socket) => socket.write(answerBytes(body)));
		expect((await read()).code).toBe('FLOWAI_REJECTED');
		expect((await send()).code).toBe('CONVOFLOW_OUTCOME_UNKNOWN');
	});

	it('HTTP-12 a refusal with status 200 says what the service says', async () => {
		await serve((socket) => socket.write(answerBytes('{"status":"error","message":"Bot is asleep"}')));
		const { code, message } = await read();
		expect([code, message]).toEqual(['FLOWAI_REJECTED', expect.stringContaining('Bot is asleep')]);
	});

	it('HTTP-13 a refusal whose body never ends is told by its status, in bounded time', async () => {
		const { idle } = await serve((socket) =>
			socket.write('HTTP/1.1 400 X\r\ncontent-length: 50\r\n\r\n{"a"'),
		);
		expect((await send({ requestTimeout: 3 })).code).toBe('FLOWAI_BAD_REQUEST');
		if (open().endsStalled) await idle();
	});

	it('HTTP-13 of a refusal of 1 GB only the beginning is read', async () => {
		let counter = { sent: 0 };
		const { idle } = await serve((socket) => {
			socket.write(`HTTP/1.1 400 X\r\ncontent-length: ${1024 * MIB}\r\n\r\n`);
			counter = flood(socket, 1024 * MIB);
		});
		expect((await read()).code).toBe('FLOWAI_BAD_REQUEST');
		await idle();
		expect(counter.sent).toBeLessThan(32 * MIB);
	});

	it('HTTP-15 a send that nobody takes names the address', async () => {
		const url = await closedAddress();
		const { code, message } = await send({ retries: 1 }, url);
		expect([code, message]).toEqual(['FLOWAI_UNREACHABLE', expect.stringContaining(url)]);
	});

	it('HTTP-15 a send that gets 503 with Retry-After is repeated and arrives once', async () => {
		const headers = ['retry-after: 0'];
		const { requests } = await serve((socket, count) =>
			socket.write(count === 1 ? answerBytes('{}', { status: 503, headers }) : OK),
		);
		expect((await send({ retries: 2 })).code).toBeUndefined();
		expect(requests).toHaveLength(2);
	});

	it('HTTP-20 a redirect to another host is not followed, and the key stays here', async () => {
		const other = await hostileServer((socket) => socket.write(OK));
		const headers = [`location: ${other.url}/`];
		for (const status of [301, 302, 303, 307, 308]) {
			await server?.close();
			await serve((socket) => socket.write(answerBytes('', { status, headers })));
			expect((await read()).code).toBe('FLOWAI_REDIRECTED');
			expect((await send()).code).toBe('FLOWAI_REDIRECTED');
		}
		expect(other.connections).toBe(0);
		await other.close();
	});

	it('HTTP-20 an endless redirect is asked for once', async () => {
		const { requests } = await serve((socket) =>
			socket.write(answerBytes('', { status: 302, headers: ['location: /again'] })),
		);
		expect((await read({ retries: 3 })).code).toBe('FLOWAI_REDIRECTED');
		expect(requests).toHaveLength(1);
	});

	it.each([
		[413, 'FLOWAI_TOO_LARGE'],
		[401, 'FLOWAI_UNAUTHORIZED'],
	])('UPLOAD-06 status %i before the file is read is told as such: %s', async (status, code) => {
		// Answers at the head and reads no further, as a proxy with a limit does.
		const early = await rawAnswer((socket) => socket.write(answerBytes('{}', { status })));
		expect((await seen(open().upload(early.url, 300_000))).code).toBe(code);
		await early.close();
	});

	it('HTTP-22 a server that takes the request and never answers ends by the limit', async () => {
		const { idle, requests } = await serve(() => undefined);
		expect((await read({ requestTimeout: 0.4 })).code).toBe('FLOWAI_TIMEOUT');
		expect((await send({ requestTimeout: 0.4, retries: 3 })).code).toBe('CONVOFLOW_OUTCOME_UNKNOWN');
		expect(requests).toHaveLength(2);
		if (open().endsUnanswered) await idle();
	});

	it('HTTP-23 an answer that drips for ever ends by the limit', async () => {
		const { idle } = await serve((socket) => {
			socket.write('HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n');
			const timer = setInterval(() => socket.write('1\r\n \r\n'), 20);
			socket.once('close', () => clearInterval(timer));
		});
		expect((await read({ requestTimeout: 0.5 })).code).toBe('FLOWAI_TIMEOUT');
		await idle();
	});

	it('HTTP-24 a packed answer that unfolds to 300 MB is not read to its end', async () => {
		const packed = gzipSync(Buffer.alloc(300 * MIB, ' '), { level: 1 });
		const headers = ['content-encoding: gzip', 'content-type: application/json'];
		await serve((socket) => socket.write(answerBytes(packed, { headers })));
		expect((await read({ requestTimeout: 100 })).code).toBe(open().bomb);
	}, 120_000);

	it('HTTP-25 an answer of 200 MB is given up at 64 MB, with its connection', async () => {
		let counter = { sent: 0 };
		const { idle } = await serve((socket) => {
			socket.write(`HTTP/1.1 200 X\r\ncontent-length: ${200 * MIB}\r\n\r\n`);
			counter = flood(socket, 200 * MIB);
		});
		expect((await read({ requestTimeout: 100 })).code).toBe('CONVOFLOW_ANSWER_TOO_LARGE');
		await idle();
		expect(counter.sent).toBeLessThan(100 * MIB);
	}, 120_000);

	it('HTTP-26 bytes that are no UTF-8 are replaced, and JSON around them is read', async () => {
		const bytes = Buffer.concat([
			Buffer.from('{"status":"ok","isPaused":true,"x":"'),
			Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
			Buffer.from('"}'),
		]);
		await serve((socket) => socket.write(answerBytes(bytes)));
		expect((await read()).code).toBeUndefined();
		await server?.close();
		await serve((socket) => socket.write(answerBytes(Buffer.from([0xff, 0xfe, 0x00, 0xc3]))));
		expect((await read()).code).toBe('FLOWAI_NOT_JSON');
	});

	it.each([
		['that nobody signed', ['127.0.0.1'], Date.now() + 1e9],
		['of another host', ['other.example'], Date.now() + 1e9],
		['that has ended', ['127.0.0.1'], Date.now() - 1e6],
	])('HTTP-15 HTTP-27 a certificate %s fails at once, and nothing is sent', async (_what, hosts, untilMs) => {
		const hostile = await serve((socket) => socket.write(OK), makeCertificate(hosts, untilMs));
		for (const call of [read, send]) expect((await call({ retries: 3 })).code).toBe('FLOWAI_TLS');
		expect([hostile.requests.length, hostile.connections]).toEqual([0, 2]);
	});

	it('HTTP-27 a server that speaks no TLS fails as such', async () => {
		const { url } = await serve((socket) => socket.write(OK));
		const { code } = await send({ retries: 3 }, url.replace('http:', 'https:'));
		expect(code).toBe('FLOWAI_TLS');
	});

	it.each([
		['no status', 'HTTP/1.1 abc\r\n\r\n'],
		['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
		['a head of 1 MB', `HTTP/1.1 200 X\r\nx: ${'y'.repeat(MIB)}\r\n\r\n{}`],
		['two lengths', 'HTTP/1.1 200 X\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
		['a broken chunk', 'HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}'],
	])('HTTP-28 an answer with %s is a lost connection', async (_what, bytes) => {
		await serve((socket) => socket.end(bytes));
		expect((await read()).code).toBe('FLOWAI_CONNECTION_LOST');
		expect((await send({ retries: 3 })).code).toBe('CONVOFLOW_OUTCOME_UNKNOWN');
	});
}
