/**
 * Sends many MB from a running Node-RED and watches its memory. Part of `npm run bench -- --only node-red-upload`.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { startNodeRed, type FlowNode, type NodeRed } from '../harness';
import { credentialNode, injectNode, node, TAB } from '../harness/flow';

const MB = 1024 * 1024;

/** A message that holds a stream of so many MB, each byte a 7. */
const STREAM = `const chunk = Buffer.alloc(65536, 7);
let left = msg.mb * 16;
msg.payload = stream.Readable.from((function* () { while (left-- > 0) yield chunk; })(), { objectMode: false });
msg.filename = 'film.mp4';
return msg;`;

/** What a user would do instead: the whole file in a Buffer. */
const BUFFER = `msg.payload = Buffer.alloc(msg.mb * 1048576, 7);
msg.method = 'POST';
msg.headers = { 'content-type': 'video/mp4' };
return msg;`;

/** How a file is handed over. */
export type UploadKind = 'stream' | 'path' | 'request';

/** What came of one kind. */
export interface UploadFigures {
	readonly kind: UploadKind;
	/** Every byte, in order, each time. */
	readonly isWhole: boolean;
	/** By how much the memory of Node-RED grew: the first time in its process, and the second, in MB. */
	readonly firstMb: number;
	readonly secondMb: number;
	/** The second time. */
	readonly seconds: number;
}

interface Arrived {
	readonly bytes: number;
	readonly hash: string;
}

/** The size and hash of the file part, read as it passes. */
async function measure(request: IncomingMessage): Promise<Arrived> {
	const hash = createHash('sha256');
	let kept = Buffer.alloc(0);
	let isInside = false;
	let bytes = 0;
	const isMultipart = (request.headers['content-type'] ?? '').startsWith('multipart/');
	for await (const chunk of request as AsyncIterable<Buffer>) {
		kept = Buffer.concat([kept, chunk]);
		if (!isInside && !isMultipart) isInside = true;
		if (!isInside) {
			const part = kept.indexOf('name="file"');
			const head = part < 0 ? -1 : kept.indexOf('\r\n\r\n', part);
			if (head < 0) continue;
			kept = kept.subarray(head + 4);
			isInside = true;
		}
		// What follows the file is shorter than this.
		const safe = Math.max(0, kept.length - 200);
		hash.update(kept.subarray(0, safe));
		bytes += safe;
		kept = kept.subarray(safe);
	}
	const rest = isMultipart ? kept.subarray(0, kept.lastIndexOf('\r\n--convoflow-')) : kept;
	return { bytes: bytes + rest.length, hash: hash.update(rest).digest('hex') };
}

async function memoryOf(pid: number): Promise<number> {
	const status = await fs.readFile(`/proc/${pid}/status`, 'utf8');
	return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

function flow(baseUrl: string): FlowNode[] {
	const send = (id: string): FlowNode =>
		node(id, 'flowai-message', {
			operation: 'message.sendMediaFile',
			threadId: 't-1',
			threadIdType: 'str',
			flowAiApi: 'account',
		});
	return [
		TAB,
		credentialNode('account', { type: 'flowai-api', config: { baseUrl }, credentials: { apiKey: 'k' } }),
		injectNode('start-stream', 'make'),
		node('make', 'function', { func: STREAM, libs: [{ var: 'stream', module: 'stream' }] }, 'send-stream'),
		send('send-stream'),
		injectNode('start-path', 'send-path'),
		send('send-path'),
		injectNode('start-request', 'buffer'),
		node('buffer', 'function', { func: BUFFER, outputs: 1 }, 'request'),
		node('request', 'http request', { method: 'use', ret: 'txt', url: `${baseUrl}/any` }),
	];
}

/** Sends once and tells by how much the memory grew, in MB. */
async function watch(
	red: NodeRed,
	begin: () => Promise<void>,
	arrival: Promise<Arrived>,
): Promise<{ grown: number; arrived: Arrived }> {
	const before = await memoryOf(red.pid);
	let most = before;
	let isOver = false;
	const watching = (async () => {
		while (!isOver) {
			most = Math.max(most, await memoryOf(red.pid));
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	})();
	await begin();
	const arrived = await arrival;
	isOver = true;
	await watching;
	return { grown: most - before, arrived };
}

/**
 * Sends a file twice in each of these ways.
 * @param sizeMb how large it is
 */
export async function runUploads(sizeMb: number, kinds: readonly UploadKind[]): Promise<UploadFigures[]> {
	let arrive = (_arrived: Arrived): void => undefined;
	const server = createServer((request, response) => {
		void measure(request).then((arrived) => {
			response.end('{"status":"ok"}');
			arrive(arrived);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const hash = createHash('sha256');
	for (let done = 0; done < sizeMb; done += 1) hash.update(Buffer.alloc(MB, 7));
	const wanted = hash.digest('hex');
	const figures: UploadFigures[] = [];
	try {
		for (const kind of kinds) {
			// What one way has left in the memory must not count for another.
			const red = await startNodeRed();
			try {
				await red.deploy(flow(baseUrl));
				const file = path.join(red.userDir, 'film.mp4');
				const handle = await fs.open(file, 'w');
				for (let written = 0; written < sizeMb; written += 1) await handle.write(Buffer.alloc(MB, 7));
				await handle.close();
				const press = async (): Promise<{ grown: number; arrived: Arrived }> => {
					const arrival = new Promise<Arrived>((resolve) => (arrive = resolve));
					const msg = kind === 'path' ? { payload: file } : { mb: sizeMb };
					return await watch(red, async () => await red.inject(`start-${kind}`, msg), arrival);
				};
				const isRight = ({ bytes, hash: found }: Arrived): boolean =>
					bytes === sizeMb * MB && found === wanted;
				const first = await press();
				const started = performance.now();
				const second = await press();
				figures.push({
					kind,
					isWhole: isRight(first.arrived) && isRight(second.arrived),
					firstMb: first.grown,
					secondMb: second.grown,
					seconds: (performance.now() - started) / 1_000,
				});
			} finally {
				await red.stop();
			}
		}
		return figures;
	} finally {
		server.closeAllConnections();
		server.close();
	}
}
