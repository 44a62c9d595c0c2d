import { isObject, type HttpRequest, type HttpResponse, type JsonObject } from '@convoflow/client';
import { answer } from '../../support/fake-ports';
import type { FakeSocket, FakeSockets } from '../../support/fake-sockets';
import type { VirtualClock } from '../../support/virtual-clock';

/** How a thread shows its messages. */
export interface ThreadShape {
	/** Messages carry `meta.msgId`. */
	readonly ids: boolean;
	/** Frames carry `createdAt`; histories do unless `historyTimes` is false. */
	readonly frameTimes: boolean;
	readonly historyTimes: boolean;
	readonly newestFirst: boolean;
	/** Entries that a history gives. */
	readonly window: number;
	/** How many different things the bot says. */
	readonly phrases: number;
	/** A frame is on its way this long, in ms. */
	readonly lagMs: number;
	/** A history is on its way back this long, in ms. */
	readonly historyMs: number;
}

export const SHAPE: ThreadShape = {
	ids: true,
	frameTimes: false,
	historyTimes: true,
	newestFirst: false,
	window: 20,
	phrases: Infinity,
	lagMs: 0,
	historyMs: 0,
};

interface Said {
	readonly number: number;
	readonly atMs: number;
	readonly role: string;
}

/** The service's side of one thread: what the bot said, the sockets that hear it, and its history. */
export class FakeThread {
	readonly said: Said[] = [];
	isHistoryBroken = false;
	readonly #shape: ThreadShape;
	readonly #clock: VirtualClock;
	readonly #sockets: FakeSockets;
	#endpoints = 0;
	#answered = new Map<FakeSocket, number>();

	constructor(shape: ThreadShape, clock: VirtualClock, sockets: FakeSockets) {
		this.#shape = shape;
		this.#clock = clock;
		this.#sockets = sockets;
	}

	/** The bot says something, which every open socket hears. A user's words are heard by none. */
	say(role = 'bot'): void {
		const one = { number: this.said.length + 1, atMs: this.#clock.now(), role };
		this.said.push(one);
		if (role === 'user') return;
		const payload = { threadId: 't-1', ...this.#entry(one, this.#shape.frameTimes) };
		for (const socket of this.#sockets.live.filter(({ isOpen }) => isOpen)) {
			this.#deliver(socket, { type: 'message.received', payload });
		}
	}

	/** Opens what was dialled, and answers pings. */
	serve(): void {
		for (const socket of this.#sockets.live) {
			if (!socket.isOpen) socket.open();
			const pings = socket.sent.length;
			for (let at = this.#answered.get(socket) ?? 0; at < pings; at += 1) {
				this.#deliver(socket, { type: 'pong' });
			}
			this.#answered.set(socket, pings);
		}
	}

	/** Answers `socket.info` and `thread.history`. */
	readonly request = async ({ url, signal }: HttpRequest): Promise<HttpResponse> => {
		if (!url.includes('/thread.history')) {
			this.#endpoints += 1;
			return answer({ status: 'ok', payload: { endpoint: `wss://sdk.flow.ai/ws/${this.#endpoints}` } });
		}
		if (this.isHistoryBroken) return answer({ status: 'error', payload: { message: 'broken' } }, 400);
		const newest = this.said.slice(-this.#shape.window).map((one) => ({
			threadId: 't-1',
			...this.#entry(one, this.#shape.historyTimes),
		}));
		await this.#clock.sleep(this.#shape.historyMs, signal);
		return answer({ status: 'ok', payload: this.#shape.newestFirst ? newest.reverse() : newest });
	};

	/** In the order of sending, and only while the socket lives. */
	#deliver(socket: FakeSocket, frame: JsonObject): void {
		if (this.#shape.lagMs === 0) socket.receive(frame);
		else void this.#clock.sleep(this.#shape.lagMs).then(() => socket.receive(frame));
	}

	#entry({ number, atMs, role }: Said, hasTime: boolean): JsonObject {
		const text = `message ${number % this.#shape.phrases}`;
		return {
			originator: { name: 'Hostess', role },
			messages: [
				{
					fallback: text,
					responses: [{ type: 'text', payload: { text } }],
					// Seen by the test only: nothing in the client compares it.
					params: { number },
					...(hasTime ? { createdAt: new Date(atMs).toISOString() } : {}),
					...(this.#shape.ids ? { meta: { msgId: `m-${number}` } } : {}),
				},
			],
		};
	}
}

/** The number inside a message that was put out. */
export function numberIn(output: JsonObject): number {
	const body = isObject(output['body']) ? output['body'] : {};
	const payload = isObject(body['payload']) ? body['payload'] : {};
	const [message] = Array.isArray(payload['messages']) ? payload['messages'] : [];
	const params = isObject(message) && isObject(message['params']) ? message['params'] : {};
	return Number(params['number']);
}
