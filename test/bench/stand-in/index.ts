import path from 'node:path';
import { spawnScript } from '../../sandbox/bench/spawn';
import type { Arrived } from './send-ledger';

/** What the stand-in counted since it was asked last. */
export interface Counts {
	readonly requests: number;
	readonly mostUnderWay: number;
	/** Bytes. */
	readonly uploaded: number;
}

/** How someone listens for frames: as Flow.ai's socket, as a bare one, or to server-sent events. */
export type Listener = 'socket' | 'frames' | 'events';

/** The stand-in for a service, in a process of its own. */
export interface StandIn {
	/** `http://127.0.0.1:port`. */
	readonly url: string;
	/** Base address of an API whose answers take `delayMs`, and whose lists have `rows` rows. */
	base(delayMs: number, rows?: number): string;
	/** Resolves once so many sends have come, and begins the count anew. */
	arrived(count: number): Promise<Arrived>;
	counts(): Promise<Counts>;
	/** Sends frames with these numbers to the newest listener. @returns when it began, in ms since the epoch */
	sendFrames(to: Listener, from: number, count: number): Promise<number>;
	/** Resolves once someone listens in this way. */
	listened(to: Listener): Promise<void>;
	/** Sends frames at a steady rate. @returns when each was sent, in ms since the epoch */
	sendSteadily(to: Listener, from: number, count: number, perSecond: number): Promise<readonly number[]>;
	stop(): void;
}

/** Starts the stand-in. */
export async function startStandIn(): Promise<StandIn> {
	const { said, stop } = await spawnScript<{ url: string }>(path.join(__dirname, 'server.ts'));
	// A connection that was kept may be closed at the moment of its use.
	const headers = { connection: 'close' };
	const ask = async <T>(path: string): Promise<T> =>
		(await (await fetch(said.url + path, { headers })).json()) as T;
	return {
		url: said.url,
		base: (delayMs, rows) => `${said.url}/d${delayMs}${rows === undefined ? '' : `/n${rows}`}`,
		arrived: async (count) => await ask(`/ledger?of=${count}`),
		counts: async () => await ask('/counts'),
		sendFrames: async (to, from, count) =>
			(await ask<{ atMs: number }>(`/go?to=${to}&from=${from}&frames=${count}`)).atMs,
		listened: async (to) => {
			await ask(`/listened?to=${to}`);
		},
		sendSteadily: async (to, from, count, perSecond) =>
			(await ask<{ sentMs: number[] }>(`/go?to=${to}&from=${from}&frames=${count}&perSecond=${perSecond}`))
				.sentMs,
		stop,
	};
}
