import { endsOfKnown, firstKnown, startOfHeld, withoutHeard, withoutMoments } from './alignment';
import type { StreamFrame } from './frames';
import { MIN_IDS, RecentIds } from './recent-ids';
import type { HistoryMessage, Told } from './told';

/** A message of a frame that waits for the history. */
export interface HeldMessage extends Told {
	readonly frame: StreamFrame;
}

/** A message to be put out after a reconnect. */
export type Step =
	| { readonly from: 'history'; readonly message: HistoryMessage }
	/** `isKnown`: the history holds it too, or may do so. */
	| { readonly from: 'stream'; readonly message: HeldMessage; readonly isKnown: boolean };

/** What is to be put out after a reconnect, in this order: the gap, then messages from either source. */
export interface Plan {
	/** True when messages may be missing that the history no longer holds. */
	readonly hasGap: boolean;
	readonly steps: readonly Step[];
}

/** Messages that are remembered at least since the last history. */
const MAX_SINCE = 500;
/**
 * A history of fewer entries than this is taken for the whole thread. Histories of the REST API have 20 a page
 * (001, Thread messages); the socket's is taken for as long [inferred].
 */
const FULL_HISTORY = 20;

/** Messages that a position names. */
const MAX_KNOWN = 50;

/** A message that is known, and whether it is one that comes over the stream. */
export interface KnownMessage extends Told {
	readonly isHeard: boolean;
}

/**
 * What is known of a thread's messages, so that after a reconnect the missed ones can be told from those that
 * were put out. With ids that is certain. Without, a message is known by its time and content or, where frames
 * have no time, by the sequence of contents; what stays open is put out again rather than lost.
 */
export class ThreadMemory {
	/** Ids of messages that the sequence is known up to. */
	readonly #ids = new RecentIds();
	readonly #putOut = new RecentIds();
	/** The last history; undefined until there was one. */
	#history: readonly KnownMessage[] | undefined;
	/** Put out since the last history, oldest first. */
	#since: Told[] = [];
	/** The first message after a gap that was announced: what is older stays out. */
	#afterGap: Told | undefined;
	#isGapOpen = false;
	/** False while messages are put out although what was missed before them is not known. */
	#isProven = true;
	/** What is known was handed over by an earlier process, which named the newest messages only. */
	#isResumed = false;

	/** Whether a history was ever read. */
	get hasHistory(): boolean {
		return this.#history !== undefined;
	}

	/** The newest messages that are known, oldest first. */
	get known(): KnownMessage[] {
		const since = this.#since.map((one) => ({ ...one, isHeard: true }));
		return [...(this.#history ?? []), ...since].slice(-MAX_KNOWN);
	}

	/** Goes on from what an earlier process knew. */
	resume(known: readonly KnownMessage[]): void {
		// Where frames have no time and histories do, what has none came after the last history.
		const timed = known.filter(({ atMs }) => atMs !== undefined);
		this.#history = timed.length > 0 ? timed : known;
		this.#since = timed.length > 0 ? known.filter(({ atMs }) => atMs === undefined) : [];
		this.#isResumed = true;
		for (const { id } of known) {
			if (id === undefined) continue;
			this.#ids.add(id);
			this.#putOut.add(id);
		}
	}

	/**
	 * Remembers a message that is about to be put out.
	 * @param isKnown true for one that the last history holds
	 * @returns false when it was put out before
	 */
	put({ id, atMs, print }: Told, isKnown = false): boolean {
		if (id !== undefined && this.#putOut.has(id)) return false;
		// What the message says is not kept.
		const message = { id, atMs, print };
		if (this.#isGapOpen) this.#afterGap = message;
		this.#isGapOpen = false;
		if (!isKnown) this.#since.push(message);
		if (this.#since.length >= 2 * MAX_SINCE) this.#since = this.#since.slice(-MAX_SINCE);
		if (id !== undefined) this.#putOut.add(id);
		if (id !== undefined && this.#isProven) this.#ids.add(id);
		return true;
	}

	/** No history could be read and a gap was announced: no later history is to fill it, out of order. */
	announceGap(): void {
		this.#isGapOpen = true;
		this.#isProven = true;
		this.#afterGap = undefined;
	}

	/** No history could be read, and the next one is to bring what is missing. */
	leaveOpen(): void {
		this.#isProven = false;
	}

	/**
	 * Compares a history with what is known, and remembers it.
	 * @param history oldest first
	 * @param held messages of the new connection, up to the moment of the history at least
	 * @param sinceMs without a history before this one, messages older than this were there before
	 */
	compare(history: readonly HistoryMessage[], held: readonly HeldMessage[], sinceMs: number): Plan {
		const hasIds = [...history, ...held].every(({ id }) => id !== undefined);
		const recent = this.#isResumed ? this.#sinceResumed(history, sinceMs) : history;
		const plan = hasIds ? this.#byId(recent, held, sinceMs) : this.#bySequence(recent, held, sinceMs);
		const older = this.#olderThanGap(history);
		const steps = plan.steps.filter((step) => step.from === 'stream' || !older.has(step.message));
		this.#keep(history);
		return { ...plan, steps };
	}

	/** The history without what was there before all that an earlier process named. */
	#sinceResumed(history: readonly HistoryMessage[], sinceMs: number): readonly HistoryMessage[] {
		const known = this.#history ?? [];
		const first = firstKnown(history, known);
		if (first >= 0) return history.slice(first);
		const isTimed = history.every(({ atMs }) => atMs !== undefined);
		// Without times the sequence of contents has to tell, and a repeat is better than a loss.
		return isTimed ? history.filter((one) => !isOlder(one, sinceMs)) : history;
	}

	#byId(history: readonly HistoryMessage[], held: readonly HeldMessage[], sinceMs: number): Plan {
		const heldById = new Map(held.map((one) => [one.id, one]));
		const inHistory = new Set(history.map(({ id }) => id));
		const first = Math.max(
			0,
			held.findIndex(({ id }) => inHistory.has(id)),
		);
		const steps: Step[] = [];
		const take = (message: HeldMessage): number =>
			steps.push({ from: 'stream', message, isKnown: inHistory.has(message.id) });
		// Frames that came and have left the history already are older than all it holds.
		held.slice(0, first).forEach(take);
		const isOld = this.#wasThere(history, sinceMs);
		for (const message of history) {
			const live = heldById.get(message.id);
			if (live) take(live);
			else if (message.isHeard && !this.#has(message) && !isOld(message))
				steps.push({ from: 'history', message });
		}
		held.slice(first).forEach((one) => inHistory.has(one.id) || take(one));
		const meets = history.some(({ id }) => id !== undefined && this.#ids.has(id));
		return { hasGap: this.#isGap(history, meets), steps };
	}

	#has({ id }: Told): boolean {
		return id !== undefined && (this.#ids.has(id) || this.#putOut.has(id));
	}

	/** Without a history before, what is older than the first message put out, or else than the start, is old. */
	#wasThere(history: readonly HistoryMessage[], sinceMs: number): (one: HistoryMessage) => boolean {
		if (this.#history) return () => false;
		const first = history.findIndex((one) => this.#has(one));
		const old = new Set(history.filter((one, index) => (first < 0 ? isOlder(one, sinceMs) : index < first)));
		return (one) => old.has(one);
	}

	#bySequence(history: readonly HistoryMessage[], held: readonly HeldMessage[], sinceMs: number): Plan {
		const known = this.#knownSequence();
		const { fresh, meets } = this.#fresh(history, known);
		const start = startOfHeld(fresh, held, known);
		const isBounded = this.#history !== undefined || meets;
		const missed = fresh
			.slice(0, Math.max(0, start.place))
			.filter((message) => isBounded || !isOlder(message, sinceMs));
		const inHistory = start.isDoubtful ? held.length : fresh.length - start.place;
		return {
			hasGap: this.#isGap(history, meets && start.place >= 0),
			steps: [
				...missed.map((message): Step => ({ from: 'history', message })),
				...held.map((message, index): Step => ({ from: 'stream', message, isKnown: index < inHistory })),
			],
		};
	}

	/** Messages known without a break, oldest first. */
	#knownSequence(): Told[] {
		const afterGap = this.#afterGap ? this.#since.indexOf(this.#afterGap) : -1;
		if (afterGap >= 0) return this.#since.slice(afterGap);
		return [...(this.#history ?? []).filter(({ isHeard }) => isHeard), ...this.#since];
	}

	/** Messages of the history that were not put out, and whether it surely goes on from what is known. */
	#fresh(
		history: readonly HistoryMessage[],
		known: readonly Told[],
	): { readonly fresh: readonly HistoryMessage[]; readonly meets: boolean } {
		const heard = history.filter(({ isHeard }) => isHeard);
		const before = this.#history ?? [];
		const isNew = new Set(withoutMoments(history, before));
		const isWhole = this.#history?.length === 0 && history.length < FULL_HISTORY;
		if (isNew.size < history.length || isWhole) {
			const after = heard.filter((one) => isNew.has(one));
			return { fresh: withoutHeard(after, this.#since), meets: true };
		}
		const [end, ...more] = endsOfKnown(heard, known);
		return { fresh: heard.slice(end ?? 0), meets: end !== undefined && more.length === 0 && this.#isProven };
	}

	/** A gap is there unless the history goes on from what is known, or is the whole of a new thread. */
	#isGap(history: readonly HistoryMessage[], meets: boolean): boolean {
		if (meets) return false;
		if ((this.#history ?? []).length > 0 || this.#since.length > 0) return true;
		return this.hasHistory && history.length >= FULL_HISTORY;
	}

	#olderThanGap(history: readonly HistoryMessage[]): ReadonlySet<HistoryMessage> {
		const after = this.#afterGap;
		const first = history.findIndex(({ id, print }) =>
			after?.id === undefined ? print === after?.print : id === after.id,
		);
		return new Set(history.slice(0, Math.max(0, first)));
	}

	#keep(history: readonly HistoryMessage[]): void {
		this.#history = history.map(({ id, atMs, print, isHeard }) => ({ id, atMs, print, isHeard }));
		this.#since = [];
		this.#afterGap = undefined;
		this.#isGapOpen = false;
		this.#isProven = true;
		this.#isResumed = false;
		for (const ids of [this.#ids, this.#putOut]) ids.rememberAtLeast(Math.max(MIN_IDS, 2 * history.length));
		for (const { id } of history) if (id !== undefined) this.#ids.add(id);
	}
}

/** A message without a time cannot be told to be new. */
function isOlder({ atMs }: Told, sinceMs: number): boolean {
	return atMs === undefined || atMs < sinceMs;
}
