import type { Socket } from 'node:net';
import {
	FLOW_AI,
	HttpClient,
	type Call,
	type ConvoflowError,
	type HttpClientOptions,
} from '@convoflow/client';
import { rejection } from '../../support/fake-ports';
import { closedAddress, rawServer, type RawServer } from '../../support/raw-server';
import { realPorts, type RealPorts } from '../../support/undici-port';

const READ: Call = { method: 'GET', path: '/things', effect: 'read' };
const SEND: Call = { method: 'POST', path: '/things', effect: 'send', body: { text: 'hej' }, traceId: 7 };
const FAST = { baseDelayMs: 1, maxDelayMs: 5 };

let ports: RealPorts;
let server: RawServer | undefined;

beforeEach(() => {
	ports = realPorts();
});

afterEach(async () => {
	await ports.close();
	await server?.close();
	server = undefined;
});

async function serve(answer: Parameters<typeof rawServer>[0]): Promise<RawServer> {
	server = await rawServer(answer);
	return server;
}

function client(baseUrl: string, options: Partial<HttpClientOptions> = {}): HttpClient {
	return new HttpClient(ports, FLOW_AI, { baseUrl, policy: FAST, ...options });
}

/** The connection is over, whichever way. */
function gone(socket: Socket): Promise<void> {
	return new Promise((resolve) => void socket.once('close', () => resolve()));
}

describe('over real connections', () => {
	it('HTTP-02 a send whose connection is reset after the body went out arrives once', async () => {
		const { url, bodies } = await serve((request) => request.socket.resetAndDestroy());
		const error = await rejection(client(url).json(SEND));
		expect(error).toMatchObject({ code: 'CONVOFLOW_OUTCOME_UNKNOWN', traceId: 7 });
		expect((error as ConvoflowError).cause?.code).toBe('FLOWAI_CONNECTION_LOST');
		expect(bodies).toEqual(['{"text":"hej"}']);
	});

	it('HTTP-08 a body that stalls ends within the limit of the attempt', async () => {
		const { url } = await serve((_request, response) => response.writeHead(200).write('{"a":'));
		const error = await rejection(client(url, { timeoutMs: 500, retries: 0 }).json(READ));
		expect(error).toMatchObject({ code: 'FLOWAI_TIMEOUT' });
	});

	it('HTTP-08 destroys the socket of a body that stalls', async () => {
		const closed: Promise<void>[] = [];
		const { url } = await serve((request, response) => {
			closed.push(gone(request.socket));
			response.writeHead(200).write('{"a":');
		});
		await rejection(client(url, { timeoutMs: 500, retries: 0 }).json(READ));
		expect(closed).toHaveLength(1);
		await Promise.all(closed);
	});

	it('HTTP-09 a body shorter than its length is a lost connection, and a read is repeated', async () => {
		const { url, bodies } = await serve((_request, response, count) => {
			if (count > 1) return void response.end('{"ok":true}');
			response.writeHead(200, { 'content-length': '50' });
			response.write('{"ok":');
			setImmediate(() => response.destroy());
		});
		expect(await client(url).json(READ)).toEqual({ ok: true });
		expect(bodies).toHaveLength(2);
	});

	it('HTTP-09 is never called a lack of JSON', async () => {
		const { url } = await serve((_request, response) => {
			response.writeHead(200, { 'content-length': '50' });
			response.write('{"ok":');
			setImmediate(() => response.destroy());
		});
		expect(await rejection(client(url, { retries: 0 }).json(READ))).toMatchObject({
			code: 'FLOWAI_CONNECTION_LOST',
		});
	});

	it('HTTP-13 an error status whose body never ends fails in bounded time', async () => {
		const { url } = await serve((_request, response) => response.writeHead(400).write('x'));
		expect(await rejection(client(url, { timeoutMs: 60, retries: 0 }).json(READ))).toBeInstanceOf(Error);
	});

	it('HTTP-14 a keep-alive connection that closes under a read is not noticed by the user', async () => {
		const { url, bodies } = await serve((request, response, count) => {
			if (count === 2) return void request.socket.destroy();
			response.end('{"ok":true}');
		});
		const http = client(url);
		await http.json(READ);
		expect(await http.json(READ)).toEqual({ ok: true });
		expect(bodies).toHaveLength(3);
	});

	it('HTTP-14 under a send it leaves the outcome unknown', async () => {
		const { url, bodies } = await serve((request, response, count) => {
			if (count === 2) return void request.socket.destroy();
			response.end('{"ok":true}');
		});
		const http = client(url);
		await http.json(READ);
		expect(await rejection(http.json(SEND))).toMatchObject({ code: 'CONVOFLOW_OUTCOME_UNKNOWN' });
		expect(bodies).toHaveLength(2);
	});

	it('HTTP-15 a send to a closed port is repeated within the budget, then names the address', async () => {
		const url = await closedAddress();
		const error = (await rejection(client(url).json(SEND))) as ConvoflowError;
		expect(error.code).toBe('FLOWAI_UNREACHABLE');
		expect(error.message).toContain(url);
	});

	it('HTTP-16 a stop while the body is read ends the call and its socket', async () => {
		const stop = new AbortController();
		let closed: Promise<void> | undefined;
		const { url } = await serve((request, response) => {
			closed = gone(request.socket);
			response.writeHead(200).write('{"a":', () => stop.abort());
		});
		const error = await rejection(client(url).json({ ...READ, signal: stop.signal }));
		expect(error).toMatchObject({ code: 'CONVOFLOW_ABORTED' });
		expect(server?.bodies).toHaveLength(1);
		await closed;
	});

	it('HTTP-17 the total time wins inside a body as well', async () => {
		const { url } = await serve((_request, response) => response.writeHead(200).write('{'));
		const http = client(url, { timeoutMs: 30_000, policy: { ...FAST, totalMs: 80 } });
		const startedMs = Date.now();
		expect(await rejection(http.json(READ))).toMatchObject({ code: 'FLOWAI_TIMEOUT' });
		expect(Date.now() - startedMs).toBeLessThan(5_000);
	});

	it('HTTP-20 a redirect to another host is not followed', async () => {
		const other = await rawServer((_request, response) => void response.end('{}'));
		const { url } = await serve((_request, response) => {
			response.writeHead(302, { location: other.url }).end();
		});
		const error = await rejection(client(url).json({ ...READ, headers: { authorization: 'Bearer fake' } }));
		expect(error).toMatchObject({ code: 'FLOWAI_REDIRECTED' });
		expect(other.bodies).toHaveLength(0);
		await other.close();
	});
});
