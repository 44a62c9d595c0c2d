import type { Sandbox } from '@convoflow/sandbox';
import { seeded } from '../support/seeded';

/** Something that a user or a bot writes, with a number that nothing of ours counts. */
export interface Writing {
	readonly number: number;
	/** ms since the epoch. */
	readonly at: number;
	readonly user: number;
	readonly isBot: boolean;
	/** Becomes visible this much after its moment, ms. */
	readonly lateMs: number;
}

const HOUR = 3_600_000;
/** Begins at a round time well before today, so that no generated conversation is newer. */
export const WEEK_STARTS = Date.UTC(2026, 10, 2);

/**
 * Traffic of an account: sessions of some messages by day and few at night, bursts in which hundreds write at
 * once, one user who sends hundreds of messages in a minute, messages of the same instant, and a few that become
 * visible a minute late. In the order in which they become visible.
 */
export function trafficOf(messages: number, hours: number, seed = 1): Writing[] {
	const random = seeded(seed);
	const users = Math.max(20, Math.round(messages / 25));
	const writings: Omit<Writing, 'number'>[] = [];
	const write = (at: number, user: number, isBot: boolean): void => {
		const lateMs = random() < 0.001 ? 60_000 : 0;
		writings.push({ at: Math.round(at), user, isBot, lateMs });
	};
	for (let burst = 0; burst < 5; burst += 1) {
		const start = WEEK_STARTS + random() * hours * HOUR;
		const size = messages / 50;
		for (let n = 0; n < size; n += 1) write(start + random() * 120_000, Math.floor(random() * users), false);
		for (let n = 0; n < size / 4; n += 1) write(start + n * 100, burst, false);
	}
	while (writings.length < messages) {
		let at = WEEK_STARTS + random() * hours * HOUR;
		const hour = (at / HOUR) % 24;
		if ((hour < 7 || hour > 22) && random() < 0.9) continue;
		const user = Math.floor(random() * users);
		const length = 2 + Math.floor(random() * 12);
		for (let n = 0; n < length && writings.length < messages; n += 1) {
			write(at, user, n % 2 === 1);
			// One in ten answers comes in the same millisecond.
			at += random() < 0.1 ? 0 : random() * 40_000;
		}
	}
	return writings
		.sort((one, other) => one.at + one.lateMs - other.at - other.lateMs)
		.map((writing, number) => ({ ...writing, number }));
}

/** Lets the traffic of a stretch of time happen in a sandbox, whose clock is `Date.now`. */
export class TrafficPlayer {
	/** Conversations that changed since this was last set to 0, each once. */
	readonly changed = new Set<number>();
	#next = 0;

	constructor(
		private readonly sandbox: Sandbox,
		private readonly traffic: readonly Writing[],
		private readonly setNow: (ms: number) => void,
	) {}

	/** Plays everything that becomes visible up to a moment. */
	playUntil(ms: number): void {
		for (let writing = this.traffic[this.#next]; writing; writing = this.traffic[this.#next]) {
			if (writing.at + writing.lateMs > ms) break;
			this.setNow(writing.at + writing.lateMs);
			this.#write(writing);
			this.#next += 1;
		}
		this.setNow(ms);
	}

	get isOver(): boolean {
		return this.#next >= this.traffic.length;
	}

	/** Messages that were written so far. */
	get written(): number {
		return this.#next;
	}

	#write({ number, at, user, isBot, lateMs }: Writing): void {
		const world = this.sandbox.world.flowXo;
		const id = `user-${user}`;
		const known = this.#conversations.get(id);
		const conversation = known ?? world.begin(id, `User ${user}`, undefined, user % 2);
		if (!known) {
			this.#conversations.set(id, conversation);
			// A human is in charge, so that the sandbox's own bot stays silent.
			conversation.agentMode = true;
		}
		this.changed.add(user);
		const text = `number ${number}`;
		if (lateMs > 0) {
			world.insert(conversation, text, at);
			world.store.keep(conversation);
		} else if (isBot) world.sendAsBot(conversation, 'text', { message: text, options: null });
		else world.sendAsUser(conversation, text);
	}

	readonly #conversations = new Map<string, ReturnType<Sandbox['world']['flowXo']['begin']>>();
}

/** The numbers that were seen, in the order in which they came. */
export class Ledger {
	readonly #counts = new Map<number, number>();
	seen = 0;

	/** Notes the text of an event. */
	add(text: unknown): void {
		const number = Number(/^number (\d+)$/.exec(String(text))?.[1] ?? -1);
		this.#counts.set(number, (this.#counts.get(number) ?? 0) + 1);
		this.seen += 1;
	}

	/** What is missing of the numbers below `written`, and what came more than once. */
	against(written: number): { missing: number[]; repeated: number } {
		const missing: number[] = [];
		for (let number = 0; number < written; number += 1) if (!this.#counts.has(number)) missing.push(number);
		const repeated = [...this.#counts.values()].reduce((sum, count) => sum + count - 1, 0);
		return { missing, repeated };
	}
}
