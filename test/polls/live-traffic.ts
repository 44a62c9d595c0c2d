import { setTimeout as wait } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import type { Ledger } from './traffic';

const USERS = 12;
/** Longest wait for the first message to arrive, ms. */
const START_MS = 120_000;

type Conversation = ReturnType<Sandbox['world']['flowXo']['begin']>;

/** End users who write numbered messages in real time, whether or not anybody listens. */
export class LiveTraffic {
	/** Number of the first message that must arrive; those before it found out whether anybody listens. */
	first = 0;
	written = 0;
	readonly #conversations: Conversation[];
	#timer: NodeJS.Timeout | undefined;

	private constructor(
		readonly sandbox: Sandbox,
		private readonly everyMs: number,
	) {
		const world = sandbox.world.flowXo;
		this.#conversations = Array.from({ length: USERS }, (_, user) => {
			const conversation = world.begin(`user-${user}`, `User ${user}`);
			// A human is in charge, so that the sandbox's own bot stays silent.
			conversation.agentMode = true;
			return conversation;
		});
	}

	/** @param everyMs pause between two messages, ms */
	static async start(everyMs: number): Promise<LiveTraffic> {
		return new LiveTraffic(await startSandbox(), everyMs);
	}

	/**
	 * Writes until the first message has arrived, then goes on by itself.
	 * @throws Error when none arrives in two minutes
	 */
	async probe(hasArrived: () => boolean): Promise<void> {
		const started = Date.now();
		while (!hasArrived()) {
			if (Date.now() - started > START_MS) throw new Error('no message has arrived');
			this.#write();
			await wait(500);
		}
		this.first = this.written;
		this.#timer = setInterval(() => this.#write(), this.everyMs);
	}

	pause(): void {
		clearInterval(this.#timer);
	}

	/** Numbers that should have arrived and did not. */
	missingIn(ledger: Ledger): number[] {
		return ledger.against(this.written).missing.filter((number) => number >= this.first);
	}

	async close(): Promise<void> {
		this.pause();
		await this.sandbox.close();
	}

	#write(): void {
		const conversation = this.#conversations[Math.floor(Math.random() * USERS)];
		if (conversation) this.sandbox.world.flowXo.sendAsUser(conversation, `number ${this.written}`);
		this.written += 1;
	}
}
