import { ConvoflowError } from '@convoflow/client';
import { Lanes } from '@convoflow/kit';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Messages a node holds at once, those at work included. */
export const MAX_WAITING = 10_000;
/** Messages at work at once. */
const MAX_ACTIVE = 128;
/** So many unread inputs are a flood: it is read a little at a time, so that answers which have come are looked at. */
const FLOOD = 64;
/** Time for that in a turn, in ms. */
const READ_MS = 1;
/** Time that work at hand gets when the node closes, in ms. */
const GRACE_MS = 800;
/** Time that aborted work gets to say so, in ms; with the grace it stays below a second. */
const ABORT_MS = 100;

/** Work for one message. */
export interface Task<I> {
	/** Reads the input. Tasks read one after the other, so that their order is known before they run. */
	read(): Promise<I>;
	/** Tasks of one lane keep their order. */
	lane(input: I): string | undefined;
	run(input: I, signal: AbortSignal): Promise<void>;
	/** Called once, unless the node closed before the work began. */
	settled(error?: unknown): void;
}

/** The messages of one node: bounded, in order within a lane, side by side otherwise. Never rejects. */
export class InputQueue {
	readonly #lanes = new Lanes(MAX_ACTIVE);
	readonly #abort = new AbortController();
	readonly #active = new Set<Promise<void>>();
	readonly #report: (fault: unknown) => void;
	readonly #unread: (() => Promise<boolean>)[] = [];
	#reading: Promise<void> | undefined;
	#pauseMs = 0;
	#waiting = 0;
	#unsent = 0;
	#isClosing = false;

	/** @param report told about a fault of `settled` itself, which nothing else would catch */
	constructor(report: (fault: unknown) => void) {
		this.#report = report;
	}

	/** Messages that are not done yet. */
	get waiting(): number {
		return this.#waiting;
	}

	/** Takes a task in, or settles it with CONVOFLOW_QUEUE_FULL. */
	add<I>(task: Task<I>): void {
		if (this.#waiting >= MAX_WAITING) {
			task.settled(
				new ConvoflowError(
					'CONVOFLOW_QUEUE_FULL',
					`${MAX_WAITING} messages are already waiting in this node`,
					{
						advice: 'This message was not sent. Slow the flow down, for example with a Delay node.',
					},
				),
			);
			return;
		}
		this.#waiting += 1;
		this.#unread.push(async () => await this.#admit(task));
		this.#reading ??= this.#read();
	}

	/** Reads in order. A flood of messages is not read to its end before the first answers are. */
	async #read(): Promise<void> {
		for (let next = this.#unread.shift(); next; next = this.#unread.shift()) {
			const hasBegun = await next();
			if (hasBegun || this.#unread.length < FLOOD || performance.now() < this.#pauseMs) continue;
			await nextTurn();
			this.#pauseMs = performance.now() + READ_MS;
		}
		this.#reading = undefined;
	}

	/**
	 * Starts nothing any more and ends what runs: it gets 800 ms, then it is aborted.
	 * @returns the number of messages that were never started
	 */
	async close(): Promise<number> {
		this.#isClosing = true;
		const idle = Promise.all([this.#reading, ...this.#active]);
		await Promise.race([idle, sleep(GRACE_MS, undefined, { ref: false })]);
		this.#abort.abort();
		await Promise.race([idle, sleep(ABORT_MS, undefined, { ref: false })]);
		return this.#unsent + Math.max(0, this.#waiting - this.#active.size);
	}

	/** @returns false when the task waits for others of its lane, or for a place */
	async #admit<I>(task: Task<I>): Promise<boolean> {
		if (this.#isClosing) {
			this.#drop();
			return true;
		}
		let hasBegun = false;
		try {
			const input = await task.read();
			const lane = task.lane(input);
			void this.#lanes.run(lane, async () => {
				hasBegun = true;
				await this.#work(task, input);
			});
		} catch (error) {
			this.#settle(task, error);
			return true;
		}
		return hasBegun;
	}

	async #work<I>(task: Task<I>, input: I): Promise<void> {
		if (this.#isClosing) {
			this.#drop();
			return;
		}
		const work = task.run(input, this.#abort.signal).then(
			() => this.#settle(task),
			(error: unknown) => this.#settle(task, error),
		);
		this.#active.add(work);
		await work;
		this.#active.delete(work);
	}

	#settle<I>(task: Task<I>, error?: unknown): void {
		this.#waiting -= 1;
		try {
			task.settled(error);
		} catch (fault) {
			this.#report(fault);
		}
	}

	#drop(): void {
		this.#waiting -= 1;
		this.#unsent += 1;
	}
}
