/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- answers are foreign JSON, and what they hold is asserted */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';

type Options = NonNullable<Parameters<typeof startSandbox>[0]>;

/** One thing to close after a test. */
const open: Array<() => Promise<unknown> | void> = [];

export async function start(options: Options = {}): Promise<Sandbox> {
	const sandbox = await startSandbox({ botDelayMs: 0, ...options });
	open.push(() => sandbox.close());
	return sandbox;
}

/** Closes everything that was opened, last first. */
export async function closeAll(): Promise<void> {
	for (const close of open.splice(0).reverse()) await close();
}

/** Calls a service and reads the answer as JSON. */
export async function call(
	url: string,
	init: { method?: string; key?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: any; headers: Headers }> {
	const response = await fetch(url, {
		method: init.method ?? 'GET',
		headers: {
			...(init.key !== undefined ? { authorization: init.key } : {}),
			...(init.body !== undefined ? { 'content-type': 'application/json' } : {}),
			...init.headers,
		},
		...(init.body !== undefined ? { body: JSON.stringify(init.body) } : {}),
	});
	const text = await response.text();
	let body: unknown = text;
	if (response.headers.get('content-type')?.includes('json')) body = JSON.parse(text);
	return { status: response.status, body, headers: response.headers };
}

/** A REST message of a user. */
export const textMessage = (speech: string, role = 'external', traceId?: number): unknown => ({
	payload: {
		type: 'text',
		speech,
		originator: { name: 'Mara', role },
		...(traceId !== undefined ? { traceId } : {}),
	},
});

/** The Flow.ai REST interface of a sandbox. */
export function rest(
	sandbox: Sandbox,
): (method: string, path: string, body?: unknown) => ReturnType<typeof call> {
	return (method, path, body) =>
		call(`${sandbox.baseUrls.flowAi}/rest/v1/${path}`, { method, key: sandbox.keys.flowAiRest, body });
}

export interface Received {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	raw: string;
	body: any;
}

/** A webhook receiver that keeps what came and can be waited on. */
export class Receiver {
	readonly received: Received[] = [];
	url = '';
	/** Statuses to answer with, first to last; 200 once they are used up. */
	statuses: number[] = [];
	private waiting: Array<() => void> = [];
	private readonly server: Server;

	private constructor() {
		this.server = createServer((request, response) => {
			let raw = '';
			request.on('data', (chunk: Buffer) => (raw += chunk.toString('utf8')));
			request.on('end', () => {
				let body: unknown;
				try {
					body = JSON.parse(raw);
				} catch {
					body = undefined;
				}
				this.received.push({
					method: request.method ?? '',
					path: request.url ?? '',
					headers: request.headers,
					raw,
					body,
				});
				response.statusCode = this.statuses.shift() ?? 200;
				response.end();
				for (const check of [...this.waiting]) check();
			});
		});
	}

	static async open(): Promise<Receiver> {
		const receiver = new Receiver();
		receiver.server.listen(0, '127.0.0.1');
		await once(receiver.server, 'listening');
		receiver.url = `http://127.0.0.1:${(receiver.server.address() as AddressInfo).port}/hook`;
		open.push(
			() =>
				new Promise((resolve) => {
					receiver.server.close(resolve);
					receiver.server.closeAllConnections();
				}),
		);
		return receiver;
	}

	/** Resolves with all calls once `condition` holds. */
	until(condition: (received: Received[]) => boolean): Promise<Received[]> {
		return new Promise((resolve) => {
			const check = (): void => {
				if (!condition(this.received)) return;
				this.waiting = this.waiting.filter((other) => other !== check);
				resolve(this.received);
			};
			this.waiting.push(check);
			check();
		});
	}

	/** Names of the events so far. */
	get events(): string[] {
		return this.received.map((call) => call.body?.type);
	}
}

/** A bare web socket client of Flow.ai. */
export class Client {
	readonly frames: any[] = [];
	closed: { code: number; reason: string } | undefined;
	private waiting: Array<() => void> = [];

	private constructor(readonly ws: WebSocket) {
		ws.on('message', (data: Buffer) => {
			try {
				this.frames.push(JSON.parse(data.toString('utf8')));
			} catch {
				this.frames.push({ unreadable: data.toString('utf8').slice(0, 100), bytes: data.length });
			}
			this.wake();
		});
		ws.on('close', (code, reason) => {
			this.closed = { code, reason: reason.toString() };
			this.wake();
		});
		ws.on('error', () => undefined);
	}

	static async open(sandbox: Sandbox, threadId?: string): Promise<Client> {
		const endpoint = await socketInfo(sandbox, threadId);
		return Client.dial(endpoint);
	}

	static async dial(endpoint: string): Promise<Client> {
		const client = new Client(new WebSocket(endpoint));
		open.push(() => client.ws.terminate());
		await new Promise((resolve) => client.ws.once('open', resolve).once('close', resolve));
		return client;
	}

	send(frame: unknown): void {
		this.ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
	}

	/** Resolves with the first frame (from index `from` on) that matches. */
	async frame(matches: (frame: any) => boolean, from = 0): Promise<any> {
		let found: unknown;
		await this.until(() => (found = this.frames.slice(from).find(matches)) !== undefined);
		return found;
	}

	async untilClosed(): Promise<{ code: number; reason: string }> {
		await this.until(() => this.closed !== undefined);
		return this.closed ?? { code: 0, reason: '' };
	}

	/** Everything sent before this has been answered when it resolves. */
	async roundTrip(): Promise<void> {
		const from = this.frames.length;
		this.send({ type: 'ping' });
		await this.frame((frame) => frame.type === 'pong', from);
	}

	private until(condition: () => boolean): Promise<void> {
		return new Promise((resolve) => {
			const check = (): void => {
				if (!condition()) return;
				this.waiting = this.waiting.filter((other) => other !== check);
				resolve();
			};
			this.waiting.push(check);
			check();
		});
	}

	private wake(): void {
		for (const check of [...this.waiting]) check();
	}
}

export async function socketInfo(sandbox: Sandbox, threadId?: string): Promise<string> {
	const url = new URL(`${sandbox.baseUrls.flowAiSocket}/socket.info`);
	url.searchParams.set('clientId', sandbox.keys.flowAiClientId);
	url.searchParams.set('sessionId', crypto.randomUUID());
	if (threadId !== undefined) url.searchParams.set('threadId', threadId);
	const { body } = await call(url.href);
	return body.payload.endpoint;
}
