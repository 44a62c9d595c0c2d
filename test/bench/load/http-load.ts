/**
 * Posts numbered events over kept connections, each at once after its answer, as fast as one process can:
 * `http-load.ts <url> <connections> <first number> <count> <token>`. Prints what came of it as one line of JSON.
 */
import { connect, type Socket } from 'node:net';
import { numberedEvent } from '../../webhook/events';

/** What the load found. */
export interface HttpLoad {
	/** When the first was posted and the last was answered, in ms since the epoch. */
	readonly startedMs: number;
	readonly endedMs: number;
	/** Answers other than 200. */
	readonly wrong: number;
}

const END_OF_HEAD = '\r\n\r\n';

/** One connection: writes a request, reads its answer to the end, and goes on. */
function run(url: URL, take: () => Buffer | undefined, tell: (isRight: boolean) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		const socket: Socket = connect(Number(url.port), url.hostname);
		let kept = '';
		const next = (): void => {
			const request = take();
			if (request) socket.write(request);
			else socket.end();
		};
		socket.setNoDelay(true);
		socket.setEncoding('latin1');
		socket.on('connect', next);
		socket.on('data', (chunk: string) => {
			kept += chunk;
			const head = kept.indexOf(END_OF_HEAD);
			if (head < 0) return;
			const length = Number(/content-length: (\d+)/i.exec(kept)?.[1] ?? 0);
			if (kept.length < head + END_OF_HEAD.length + length) return;
			tell(kept.startsWith('HTTP/1.1 200'));
			kept = kept.slice(head + END_OF_HEAD.length + length);
			next();
		});
		socket.on('error', reject);
		socket.on('close', () => resolve());
	});
}

async function main([
	address = '',
	connections = '1',
	from = '0',
	count = '1',
	token = '',
]: string[]): Promise<void> {
	const url = new URL(address);
	let [next, wrong] = [Number(from), 0];
	const until = next + Number(count);
	const requests = Array.from({ length: Number(count) }, (_, index) => {
		const body = numberedEvent(Number(from) + index);
		const head = [
			`POST ${url.pathname} HTTP/1.1`,
			`host: ${url.host}`,
			`authorization: Bearer ${token}`,
			'content-type: application/json',
			`content-length: ${Buffer.byteLength(body)}`,
		];
		return Buffer.from(head.join('\r\n') + END_OF_HEAD + body);
	});
	const take = (): Buffer | undefined => {
		if (next >= until) return undefined;
		next += 1;
		return requests[next - 1 - Number(from)];
	};
	const startedMs = Date.now();
	await Promise.all(
		Array.from({ length: Number(connections) }, async () => {
			await run(url, take, (isRight) => {
				if (!isRight) wrong += 1;
			});
		}),
	);
	console.log(JSON.stringify({ startedMs, endedMs: Date.now(), wrong } satisfies HttpLoad));
}

void main(process.argv.slice(2));
