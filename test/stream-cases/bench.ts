import { setTimeout as sleep } from 'node:timers/promises';
import {
	FlowAiSocketClient,
	FlowAiStream,
	type JsonObject,
	type LogLevel,
	type Ports,
	type StreamKind,
	type StreamOptions,
	type StreamStatus,
} from '@convoflow/client';
import { openNativeSocket } from '../../packages/n8n-host/src/socket';
import { DIRECT } from '../../packages/node-red/src/ports/network';
import { makeOpenSocket } from '../../packages/node-red/src/ports/open-socket';
import { realPorts, type RealPorts } from '../support/undici-port';

/** How a host opens web sockets. */
export type OpenSocket = Ports['openSocket'];

/** The sockets of both hosts: `ws` in Node-RED, the one of Node.js itself in n8n. */
export const TRANSPORTS: readonly (readonly [name: string, open: OpenSocket])[] = [
	['ws', makeOpenSocket(DIRECT)],
	[
		'the global WebSocket',
		(url, headers, handlers) => openNativeSocket(url, headers, handlers, () => Promise.resolve(true)),
	],
];

/** Real connections of a client whose time runs `speed` times as fast. */
export function fastPorts(speed: number, openSocket: OpenSocket): RealPorts {
	const startMs = Date.now();
	return {
		...realPorts(),
		openSocket,
		now: () => startMs + (Date.now() - startMs) * speed,
		sleep: async (ms, signal) => {
			await sleep(ms / speed, undefined, signal ? { signal } : {});
		},
	};
}

const CLIENT_ID = 'client-1';
/** The client's time; waits of seconds become waits of tens of ms. */
const SPEED = 50;
/** A limit that no machine is too slow for, in ms of real time: what a case does not test must not strike. */
const PATIENCE_MS = 30_000;
/** The same in the client's time. */
export const PATIENT_MS = PATIENCE_MS * SPEED;

/** A stream over real sockets, and everything that it told. */
export class StreamBench {
	readonly client: FlowAiSocketClient;
	readonly stream: FlowAiStream;
	readonly events: { readonly kind: StreamKind; readonly output: JsonObject }[] = [];
	readonly statuses: StreamStatus[] = [];
	readonly logs: { readonly level: LogLevel; readonly message: string }[] = [];
	readonly ports: RealPorts;

	constructor(baseUrl: string, open: OpenSocket, options: Partial<StreamOptions> & { speed?: number } = {}) {
		const { speed = SPEED, limits, ...others } = options;
		const patient = PATIENCE_MS * speed;
		const ports = fastPorts(speed, open);
		this.ports = {
			...ports,
			// What the credential adds in a host.
			request: async (request) => {
				const headers = { ...request.headers, 'x-flowai-clientid': CLIENT_ID };
				return await ports.request({ ...request, headers });
			},
			log: (level, message) => this.logs.push({ level, message }),
		};
		this.client = new FlowAiSocketClient(this.ports, {
			baseUrl,
			clientId: CLIENT_ID,
			// Nothing listens there: an address that is refused when it is dialled.
			streamHosts: ['127.0.0.1:9'],
		});
		this.stream = new FlowAiStream(this.ports, this.client, {
			threadId: 't-1',
			onEvent: (kind, output) => this.events.push({ kind, output }),
			onStatus: (status) => this.statuses.push(status),
			limits: { handshakeMs: patient, firstFrameMs: patient, pongMs: patient, ...limits },
			...others,
		});
	}

	/** Texts of the messages that came out, in order. */
	get texts(): unknown[] {
		return this.events.filter(({ kind }) => kind === 'message').map(({ output }) => output['text']);
	}

	/** Waits of the back-off so far, in the client's ms. */
	get waits(): number[] {
		return this.statuses.flatMap((status) => (status.state === 'waiting' ? [status.retryInMs] : []));
	}

	async close(): Promise<void> {
		await this.stream.stop();
		await this.client.close();
		await this.ports.close();
	}
}

/** Waits for something that nothing announces. The limit of the test ends it. */
export async function until(isTrue: () => boolean): Promise<void> {
	while (!isTrue()) await sleep(5);
}

/** A message of the service. */
export function said(
	text: string,
	{ threadId = 't-1', id }: { threadId?: string; id?: string } = {},
): JsonObject {
	return { type: 'message.received', payload: { threadId, ...entry(text, id) } };
}

/** The same in the history. */
export function entry(text: string, id?: string): JsonObject {
	return {
		originator: { name: 'Hostess', role: 'bot' },
		messages: [
			{
				fallback: text,
				responses: [{ type: 'text', payload: { text } }],
				...(id === undefined ? {} : { meta: { msgId: id } }),
			},
		],
	};
}
