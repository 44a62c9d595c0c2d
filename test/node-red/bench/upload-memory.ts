/**
 * Sends 250 MB from a running Node-RED and watches its memory: `npm run node-red:upload`. The bytes are made in
 * the flow while they are sent, and once more read from a file. `UPLOAD_MB` makes it shorter.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { startNodeRed, type FlowNode, type NodeRed } from '../harness';
import { credentialNode, injectNode, node, TAB } from '../harness/flow';

const MB = 1024 * 1024;
const SIZE_MB = Number(process.env['UPLOAD_MB'] ?? 250);
const LIMIT_MB = 48;

/** A message that holds a stream of so many MB, each byte a 7. */
const STREAM = `const chunk = Buffer.alloc(65536, 7);
let left = msg.mb * 16;
msg.payload = stream.Readable.from((function* () { while (left-- > 0) yield chunk; })(), { objectMode: false });
msg.filename = 'film.mp4';
return msg;`;

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
	for await (const chunk of request as AsyncIterable<Buffer>) {
		kept = Buffer.concat([kept, chunk]);
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
	const rest = kept.subarray(0, kept.lastIndexOf('\r\n--convoflow-'));
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

async function main(): Promise<void> {
	let arrive = (_arrived: Arrived): void => undefined;
	const server = createServer((request, response) => {
		void measure(request).then((arrived) => {
			response.end('{"status":"ok"}');
			arrive(arrived);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const red = await startNodeRed();
	try {
		await red.deploy(flow(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
		const file = path.join(red.userDir, 'film.mp4');
		const handle = await fs.open(file, 'w');
		for (let written = 0; written < SIZE_MB; written += 1) await handle.write(Buffer.alloc(MB, 7));
		await handle.close();
		const hash = createHash('sha256');
		for (let done = 0; done < SIZE_MB; done += 1) hash.update(Buffer.alloc(MB, 7));
		const wanted = hash.digest('hex');
		const next = (): Promise<Arrived> => new Promise((resolve) => (arrive = resolve));
		const press = async (kind: string, msg: object): Promise<{ grown: number; arrived: Arrived }> => {
			const arrival = next();
			return await watch(red, async () => await red.inject(`start-${kind}`, { ...msg }), arrival);
		};
		const sends = [
			['a stream made in the flow', 'stream', { mb: SIZE_MB }],
			['a file by its path', 'path', { payload: file }],
		] as const;
		for (const [what, kind, msg] of sends) {
			// V8 lets up to 64 MB of buffers lie before it collects them: the first upload shows that, the second
			// whether memory grows with what is sent.
			const first = await press(kind, msg);
			const started = performance.now();
			const { grown, arrived } = await press(kind, msg);
			const isWhole = arrived.bytes === SIZE_MB * MB && arrived.hash === wanted;
			const seconds = ((performance.now() - started) / 1000).toFixed(1);
			console.log(
				`${SIZE_MB} MB as ${what}: ${seconds} s, arrived whole: ${isWhole}, memory of Node-RED +${grown.toFixed(0)} MB (limit ${LIMIT_MB}; the first time in a new process +${first.grown.toFixed(0)} MB)`,
			);
			if (!isWhole || grown >= LIMIT_MB) process.exitCode = 1;
		}
	} finally {
		await red.stop();
		server.closeAllConnections();
		server.close();
	}
}

void main();
