/**
 * The barest server there is: it answers every call at once. `/arrivals?of=N` is answered when N calls have come, with
 * how fast they came, and begins the count anew.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came in. */
export interface Arrivals {
	readonly perSecond: number;
	/** Body of the last call. */
	readonly body: string;
}

let [count, first, wanted] = [0, 0, Infinity];
let waiting: ServerResponse | undefined;

function answer(response: ServerResponse, text: string): void {
	response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
	response.end(text);
}

function arrived(body: string): void {
	const now = performance.now();
	if (count === 0) first = now;
	count += 1;
	if (count < wanted || !waiting) return;
	const arrivals: Arrivals = { perSecond: ((count - 1) / (now - first)) * 1000, body };
	answer(waiting, JSON.stringify(arrivals));
	[count, wanted, waiting] = [0, Infinity, undefined];
}

const server = createServer((request, response) => {
	const url = new URL(request.url ?? '/', 'http://stub');
	if (url.pathname === '/arrivals') {
		wanted = Number(url.searchParams.get('of'));
		waiting = response;
		return;
	}
	let body = '';
	request.setEncoding('utf8');
	request.on('data', (chunk: string) => (body += chunk));
	request.on('end', () => {
		answer(response, '{"status":"ok"}');
		arrived(body);
	});
});
server.listen(0, '127.0.0.1', () => {
	console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
});
