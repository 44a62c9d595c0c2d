/**
 * Exports a conversation of 100,000 messages (or as many as given) through a real Node-RED into a file, and prints
 * how much memory that takes over a conversation of 1,000: `npm run node-red:transcript [messages]`, after
 * `gulp pack`. Ends with 1 when a message is missing or out of order, or when memory grows by more than 64 MB.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { startNodeRed } from '../harness';

const MOST_GROWTH_MB = 64;
const SMALL = 1_000;
const WORDS = 'The bike is ready on Monday, between nine and five. '.repeat(8);

/** A conversation whose id says how many messages it has; made when they are asked for, the newest first. */
function serve(): Server {
	return createServer(({ url = '' }, response) => {
		const { pathname, searchParams } = new URL(url, 'http://localhost');
		const count = Number(/%2Fc%2F(\d+)/i.exec(pathname)?.[1]);
		const skip = Number(searchParams.get('skip'));
		const limit = Math.min(100, Number(searchParams.get('limit')));
		const rows = Array.from({ length: Math.max(0, Math.min(limit, count - skip)) }, (_, n) => {
			const number = count - 1 - skip - n;
			const timestamp = new Date(Date.UTC(2026, 0, 1) + number * 1_000).toISOString();
			return { id: `m${number}`, role: 'bot', type: 'text', message: `${number}: ${WORDS}`, timestamp };
		});
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(pathname.endsWith('/messages') ? rows : { id: `b/c/${count}` }));
	});
}

/** The Node-RED that this process has started. */
function nodeRedPid(): number {
	const file = `/proc/${process.pid}/task/${process.pid}/children`;
	const children = readFileSync(file, 'utf8').trim().split(' ').map(Number);
	const isRed = (pid: number): boolean => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node-red');
	const found = children.find(isRed);
	if (found === undefined) throw new Error('no Node-RED was started');
	return found;
}

/** Most memory that a process has held so far, in MB. */
function peakMb(pid: number): number {
	const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return Number(line) / 1024;
}

async function main(): Promise<void> {
	const count = Number(process.argv[2] ?? 100_000);
	const folder = await mkdtemp(path.join(os.tmpdir(), 'transcripts-'));
	const server = serve().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
	const red = await startNodeRed();
	try {
		const pid = nodeRedPid();
		const exported = async (messages: number): Promise<{ text: string; seconds: number }> => {
			const started = performance.now();
			const { msg, error } = await red.callNode({
				type: 'flowxo-conversation',
				config: {
					operation: 'conversation.exportTranscript',
					conversationId: 'conversationId',
					conversationIdType: 'msg',
					format: 'jsonl',
					formatType: 'str',
					fileAs: 'path',
					fileFolder: folder,
				},
				settings: {
					flowXoApi: { type: 'flowxo-api', config: { baseUrl }, credentials: { apiKey: 'fake-key' } },
				},
				msg: { conversationId: `b/c/${messages}` },
			});
			if (error) throw new Error(error.message);
			const text = await readFile(msg['payload'] as string, 'utf8');
			return { text, seconds: (performance.now() - started) / 1_000 };
		};
		await exported(SMALL);
		const before = peakMb(pid);
		const { text, seconds } = await exported(count);
		const after = peakMb(pid);
		const numbers = text
			.trimEnd()
			.split('\n')
			.map((line) => Number((JSON.parse(line) as { id: string }).id.slice(1)));
		const isWhole = numbers.length === count && numbers.every((number, index) => number === index);
		console.log(`${count} messages, ${(text.length / 1e6).toFixed(1)} MB, in ${seconds.toFixed(1)} s`);
		console.log(`every message once and in order: ${isWhole ? 'yes' : 'NO'}`);
		console.log(
			`peak memory of Node-RED: ${before.toFixed(0)} MB after ${SMALL}, ${after.toFixed(0)} MB after ${count}`,
		);
		if (readdirSync(folder).length !== 2) throw new Error('a partial file was left behind');
		if (!isWhole || after - before > MOST_GROWTH_MB) process.exitCode = 1;
	} finally {
		await red.stop();
		server.close();
		await rm(folder, { recursive: true, force: true });
	}
}

void main();
