/**
 * Reads numbered frames from a socket and prints how many a second, in seconds of this process's own processor
 * time: `client-frames.ts <ours|theirs> <address of the stand-in> <count>`.
 */
import { FlowAiSocketClient } from '@convoflow/client';
import WebSocket from 'ws';
import { DIRECT } from '../../../packages/node-red/src/ports/network';
import { makeOpenSocket } from '../../../packages/node-red/src/ports/open-socket';
import { realPorts } from '../../support/undici-port';
import type { Listener } from '../stand-in';
import { FRAME_THREAD } from '../stand-in/frames';

/** How fast the frames were read. */
export interface FrameRate {
	readonly perSecond: number;
}

/** Lets the stand-in send, and resolves when all have been counted. */
async function ask(url: string, to: Listener, from: number, count: number): Promise<void> {
	// The frame with which a socket begins to listen may still be on its way.
	await fetch(`${url}/listened?to=${to}`, { headers: { connection: 'close' } });
	await fetch(`${url}/go?to=${to}&from=${from}&frames=${count}`, { headers: { connection: 'close' } });
}

const WARM_UP = 20_000;

async function main([side = '', url = '', given = '1']: string[]): Promise<void> {
	const count = Number(given);
	let [seen, wanted] = [0, 0];
	let tell = (): void => undefined;
	const take = (): void => {
		seen += 1;
		if (seen === wanted) tell();
	};
	const run = async (from: number, frames: number): Promise<void> => {
		[seen, wanted] = [0, frames];
		const all = new Promise<void>((resolve) => (tell = resolve));
		await ask(url, side === 'ours' ? 'socket' : 'frames', from, frames);
		await all;
	};
	let close: () => Promise<void>;
	if (side === 'ours') {
		const ports = { ...realPorts(), openSocket: makeOpenSocket(DIRECT) };
		const client = new FlowAiSocketClient(ports, { baseUrl: url, clientId: 'bench' });
		await new Promise<void>((resolve) => {
			client.threads.acquire(FRAME_THREAD, {
				onEvent: (kind) => {
					if (kind === 'message') take();
				},
				onStatus: ({ state }) => {
					if (state === 'connected') resolve();
				},
			});
		});
		close = async () => {
			await client.threads.close();
			await ports.close();
		};
	} else {
		const socket = new WebSocket(`${url.replace('http', 'ws')}/frames`);
		socket.on('message', (data: Buffer) => {
			const frame = JSON.parse(data.toString()) as { type: string };
			if (frame.type === 'message.received') take();
		});
		await new Promise((resolve) => socket.once('open', resolve));
		close = () => {
			socket.terminate();
			return Promise.resolve();
		};
	}
	// The first one comes out when the history was read: from then on frames pass.
	await run(0, 1);
	await run(1, WARM_UP);
	const before = process.cpuUsage();
	await run(1 + WARM_UP, count);
	const { user, system } = process.cpuUsage(before);
	await close();
	console.log(JSON.stringify({ perSecond: count / ((user + system) / 1e6) } satisfies FrameRate));
}

void main(process.argv.slice(2));
