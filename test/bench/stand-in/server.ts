/**
 * A service that costs next to nothing, in a process of its own: it answers after as many ms as the address says, and
 * keeps the ledger of what came.
 *
 * - `/d20/n10000/api/conversations?skip&limit`: a list of Flow XO
 * - `POST /d20/rest/v1/messages/:thread`: a send of Flow.ai; the text is its number in the thread
 * - `/socket.info` and `/frames`: a socket of Flow.ai, and the same frames without its handshake
 * - `POST /upload`: takes any body and counts its bytes
 * - `/events`: the same frames as server-sent events
 * - `/ledger?of=N`: answered when N sends have come
 * - `/listened?to=socket|frames|events`: answered once someone listens there; `/go?to=…&frames=N`: sends N frames to the
 *   newest one, with `perSecond` at a steady rate and answered with the times
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { conversationPage } from './conversations';
import { steadily } from '../load/steadily';
import { frameText } from './frames';
import { SendLedger } from './send-ledger';

const ledger = new SendLedger();
/** Who frames can be sent to, by the way it listens; the newest one of each. */
const listeners = new Map<string, (text: string) => unknown>();
const awaited: { readonly to: string; readonly tell: () => void }[] = [];
let uploaded = 0;
let [requests, underWay, mostUnderWay] = [0, 0, 0];

function answer(response: ServerResponse, text: string): void {
	response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
	response.end(text);
}

function later(response: ServerResponse, delayMs: number, text: string): void {
	const send = (): void => {
		underWay -= 1;
		answer(response, text);
	};
	if (delayMs > 0) setTimeout(send, delayMs);
	else send();
}

function readText(request: IncomingMessage, done: (text: string) => void): void {
	let text = '';
	request.setEncoding('utf8');
	request.on('data', (chunk: string) => (text += chunk));
	request.on('end', () => done(text));
}

const ADDRESS = /^\/d(\d+)(?:\/n(\d+))?(\/.*)$/;

/** @returns what ends it */
function listen(as: string, send: (text: string) => unknown): () => void {
	listeners.set(as, send);
	answerAwaited();
	return () => {
		if (listeners.get(as) === send) listeners.delete(as);
	};
}

function answerAwaited(): void {
	for (const one of awaited.splice(0)) {
		if (listeners.has(one.to)) one.tell();
		else awaited.push(one);
	}
}

function serve(request: IncomingMessage, response: ServerResponse): void {
	const url = new URL(request.url ?? '/', 'http://stand-in');
	const [, delay = '0', rows = '0', path = url.pathname] = ADDRESS.exec(url.pathname) ?? [];
	const delayMs = Number(delay);
	if (path === '/ledger') {
		ledger.await(Number(url.searchParams.get('of')), (text) => answer(response, text));
		return;
	}
	if (path === '/counts') {
		answer(response, JSON.stringify({ requests, mostUnderWay, uploaded }));
		[requests, mostUnderWay, uploaded] = [0, underWay, 0];
		return;
	}
	if (path === '/go') {
		void go(url.searchParams).then((told) => answer(response, JSON.stringify(told)));
		return;
	}
	if (path === '/listened') {
		awaited.push({ to: url.searchParams.get('to') ?? '', tell: () => answer(response, '{}') });
		answerAwaited();
		return;
	}
	if (path === '/events') {
		response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
		response.flushHeaders();
		response.on(
			'close',
			listen('events', (text) => response.write(`data: ${text}\n\n`)),
		);
		return;
	}
	if (path === '/upload') {
		request.on('data', (chunk: Buffer) => (uploaded += chunk.length));
		request.on('end', () => answer(response, '{"status":"ok"}'));
		return;
	}
	if (path === '/socket.info') {
		const endpoint = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`;
		answer(response, JSON.stringify({ status: 'ok', payload: { endpoint } }));
		return;
	}
	if (path.startsWith('/thread.messages') || path.startsWith('/thread.history')) {
		answer(response, '{"status":"ok","payload":[]}');
		return;
	}
	requests += 1;
	underWay += 1;
	mostUnderWay = Math.max(mostUnderWay, underWay);
	if (request.method === 'GET') {
		const skip = Number(url.searchParams.get('skip') ?? 0);
		const limit = Number(url.searchParams.get('limit') ?? 100);
		later(response, delayMs, conversationPage(skip, Math.min(100, limit), Number(rows)));
		return;
	}
	readText(request, (text) => {
		ledger.take(decodeURIComponent(path.split('/').at(-1) ?? ''), text);
		later(response, delayMs, '{"status":"ok"}');
	});
}

async function go(asked: URLSearchParams): Promise<object> {
	const from = Number(asked.get('from') ?? 0);
	const count = Number(asked.get('frames'));
	const perSecond = Number(asked.get('perSecond') ?? 0);
	const listener = listeners.get(asked.get('to') ?? '');
	if (!listener) throw new Error(`nobody listens as ${asked.get('to') ?? 'nobody'}`);
	const send = (index: number): void => {
		listener(frameText(from + index));
	};
	if (perSecond > 0) return { sentMs: await steadily(perSecond, count, send) };
	const atMs = Date.now();
	for (let index = 0; index < count; index += 1) send(index);
	return { atMs };
}

const server = createServer(serve);
server.keepAliveTimeout = 60_000;
new WebSocketServer({ server }).on('connection', (opened, request) => {
	const begin = (as: string) => (): void => {
		opened.on(
			'close',
			listen(as, (text) => opened.send(text)),
		);
	};
	// Someone who speaks Flow.ai's socket listens from its first frame on, anyone else at once.
	if (request.url === '/frames') begin('frames')();
	else opened.once('message', begin('socket'));
	opened.on('message', (data: Buffer) => {
		if (data.toString().includes('"ping"')) opened.send('{"type":"pong"}');
	});
	opened.on('error', () => undefined);
});
server.listen(0, '127.0.0.1', () => {
	console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
});
