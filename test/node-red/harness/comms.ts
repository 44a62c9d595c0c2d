import WebSocket from 'ws';

/** A message that a Debug node showed. */
export interface DebugMessage {
	/** Id of the Debug node. */
	readonly id: string;
	/** The message, or what of it the node shows. */
	readonly value: unknown;
}

/** What a node shows below itself. */
export interface Status {
	readonly fill?: string;
	readonly shape?: string;
	readonly text?: string;
}

interface Frame {
	readonly topic?: string;
	readonly data?: unknown;
}

/** Something that is awaited. */
interface Waiter {
	readonly isMet: () => boolean;
	readonly resolve: () => void;
}

/** What the editor hears: statuses and debug messages, live. */
export class Comms {
	readonly debug: DebugMessage[] = [];
	/** Every status of a node, oldest first. */
	readonly statuses = new Map<string, Status[]>();
	readonly #socket: WebSocket;
	readonly #waiters = new Set<Waiter>();

	private constructor(socket: WebSocket) {
		this.#socket = socket;
		socket.on('message', (data) => this.#receive((data as Buffer).toString('utf8')));
	}

	/** Connects as the editor does, signed in where a token is given. */
	static async open(adminUrl: string, token?: string): Promise<Comms> {
		const socket = new WebSocket(`${adminUrl.replace(/^http/, 'ws')}/comms`);
		const comms = new Comms(socket);
		await new Promise((resolve, reject) => {
			socket.once('open', resolve);
			socket.once('error', reject);
		});
		if (token !== undefined) socket.send(JSON.stringify({ auth: token }));
		for (const topic of ['debug', 'status/#']) socket.send(JSON.stringify({ subscribe: topic }));
		return comms;
	}

	/** Resolves as soon as `isMet` says so, now or after a later message; rejects after `timeoutMs`. */
	async until(isMet: () => boolean, what: string, timeoutMs = 10_000): Promise<void> {
		if (isMet()) return;
		let timer: NodeJS.Timeout | undefined;
		let waiter: Waiter | undefined;
		try {
			await new Promise<void>((resolve, reject) => {
				waiter = { isMet, resolve };
				this.#waiters.add(waiter);
				timer = setTimeout(() => reject(new Error(`Not seen in ${timeoutMs} ms: ${what}`)), timeoutMs);
			});
		} finally {
			clearTimeout(timer);
			if (waiter) this.#waiters.delete(waiter);
		}
	}

	close(): void {
		this.#socket.removeAllListeners('message');
		this.#socket.terminate();
	}

	#receive(text: string): void {
		const frames = JSON.parse(text) as Frame | Frame[];
		for (const { topic = '', data } of Array.isArray(frames) ? frames : [frames]) {
			if (topic === 'debug') this.#addDebug(data as { id: string; msg: unknown; format: string });
			if (topic.startsWith('status/')) {
				const id = topic.slice('status/'.length);
				const all = this.statuses.get(id) ?? [];
				all.push(data as Status);
				this.statuses.set(id, all);
			}
		}
		for (const { isMet, resolve } of this.#waiters) if (isMet()) resolve();
	}

	/** Objects and arrays travel as JSON. */
	#addDebug({ id, msg, format }: { id: string; msg: unknown; format: string }): void {
		const isJson = typeof msg === 'string' && /^(Object|array|error)/i.test(format);
		this.debug.push({ id, value: isJson ? (JSON.parse(msg) as unknown) : msg });
	}
}
