import { isObject, objectsIn } from '../../json';
import type { JsonObject, Ports } from '../../ports';
import { gapOutput, recoveredOutput, type StreamFrame, type StreamKind } from './frames';
import type { StreamPosition } from './position';
import { ThreadMemory, type HeldMessage, type Plan, type Step } from './thread-memory';
import { readHistory, tell, type HistoryMessage } from './told';

/** What recovery needs of its session. */
export interface RecoveryHost {
	readonly threadId: string;
	readonly ports: Ports;
	/** Fires when the session stops. */
	readonly signal: AbortSignal;
	/** Reads the history of the thread. */
	history(): Promise<JsonObject[]>;
	emit(kind: StreamKind, output: JsonObject): void;
	/** Where an earlier process ended. */
	readonly position?: StreamPosition | undefined;
}

/** What comes over one connection. Messages wait until it is known what was missed before them. */
interface Segment {
	readonly beganMs: number;
	readonly held: StreamFrame[];
	isLive: boolean;
	isOver: boolean;
}

/**
 * Puts the messages of a thread out once and in order over any number of connections. Nothing that was missed
 * is sent again by the service, so after each connect the history is read (Flow.ai reference §5.6); until it
 * is there, messages wait. What it cannot tell is announced as a gap.
 */
export class Recovery {
	readonly #host: RecoveryHost;
	readonly #memory = new ThreadMemory();
	#isEnabled = false;
	#segment: Segment | undefined;
	/** When the first connection began, in ms since the epoch. */
	#startedMs: number | undefined;
	/** Until then surely nothing is missing. */
	#completeMs = 0;
	#work: Promise<void> = Promise.resolve();

	constructor(host: RecoveryHost) {
		this.#host = host;
		if (!host.position) return;
		const { untilMs, known } = host.position;
		this.#memory.resume(known);
		this.#startedMs = untilMs;
		this.#completeMs = untilMs;
	}

	/** How far the thread was put out; undefined before the first connection. */
	get position(): StreamPosition | undefined {
		if (this.#startedMs === undefined) return undefined;
		return { untilMs: this.#completeMs, known: this.#memory.known };
	}

	/** Settles when nothing is being recovered. Never rejects. */
	get done(): Promise<void> {
		return this.#work;
	}

	/**
	 * Turns recovery on, for good.
	 * @param roundTrip of the connection that works now, if there is one
	 */
	enable(roundTrip: (() => Promise<void>) | undefined): void {
		if (this.#isEnabled) return;
		this.#isEnabled = true;
		if (roundTrip) this.begin(roundTrip);
	}

	/**
	 * A new connection works.
	 * @param roundTrip waits until what the service sent before has arrived, or the connection is over
	 */
	begin(roundTrip: () => Promise<void>): void {
		if (!this.#isEnabled) return;
		const beganMs = this.#host.ports.now();
		const isFirst = this.#startedMs === undefined;
		this.#startedMs ??= beganMs;
		if (isFirst) this.#completeMs = beganMs;
		const segment: Segment = { beganMs, held: [], isLive: false, isOver: false };
		this.#segment = segment;
		// Asked for at once; used when the connection before is done with.
		const history = this.#read(roundTrip);
		this.#work = this.#work.then(async () => this.#settle(segment, await history, isFirst));
	}

	/** The connection is over. */
	lost(): void {
		if (this.#segment) this.#segment.isOver = true;
	}

	/** Takes a frame of the thread. Only messages wait; what confirms a send must not. */
	take(frame: StreamFrame): void {
		const { kind, output } = frame;
		const segment = this.#segment;
		if (kind === 'message' && segment && !segment.isLive && messagesIn(frame).length > 0) {
			segment.held.push(frame);
			return;
		}
		if (segment?.isLive) this.#completeMs = this.#host.ports.now();
		if (kind === 'pong' || kind === 'secret') return;
		if (kind === 'message' && segment) this.#putFrame(frame);
		else this.#host.emit(kind, output);
	}

	/** @returns undefined when it could not be read */
	async #read(roundTrip: () => Promise<void>): Promise<HistoryMessage[] | undefined> {
		try {
			const messages = readHistory(await this.#host.history());
			// Afterwards every frame is here that was sent before the history was made.
			await roundTrip();
			return messages;
		} catch (error) {
			const words = error instanceof Error ? error.message : 'unknown';
			this.#host.ports.log('info', `Stream: the history could not be read: ${words}`);
			return undefined;
		}
	}

	#settle(segment: Segment, history: HistoryMessage[] | undefined, isFirst: boolean): void {
		if (this.#host.signal.aborted) return;
		if (history) this.#recover(segment, history, isFirst);
		else this.#goOn(segment, isFirst);
		segment.isLive = true;
		segment.held.length = 0;
		if (!segment.isOver) this.#completeMs = this.#host.ports.now();
	}

	#recover(segment: Segment, history: readonly HistoryMessage[], isFirst: boolean): void {
		const sinceMs = isFirst ? Infinity : (this.#startedMs ?? 0);
		const plan: Plan = this.#memory.compare(history, segment.held.flatMap(heldOf), sinceMs);
		if (plan.hasGap) this.#gap(plan.steps[0]?.message.atMs ?? segment.beganMs);
		for (const group of groups(plan.steps)) {
			const [first] = group;
			if (!first) continue;
			if (first.from === 'stream') {
				this.#putFrame(
					first.message.frame,
					group.every((step) => step.from === 'stream' && step.isKnown),
				);
				continue;
			}
			const messages = group
				.map(({ message }) => message as HistoryMessage)
				.filter((message) => this.#memory.put(message, true))
				.map(({ message }) => message);
			const entry = { ...first.message.entry, messages };
			if (messages.length > 0) this.#host.emit('message', recoveredOutput(this.#host.threadId, entry));
		}
	}

	/** Without a history: the next connection brings what is missing, unless this one stays. */
	#goOn(segment: Segment, isFirst: boolean): void {
		if (!isFirst && segment.isOver) this.#memory.leaveOpen();
		if (!isFirst && !segment.isOver) {
			this.#gap(segment.beganMs);
			this.#memory.announceGap();
		}
		for (const frame of segment.held) this.#putFrame(frame);
	}

	#putFrame(frame: StreamFrame, isKnown = false): void {
		const messages = messagesIn(frame);
		let isNew = messages.length === 0;
		for (const message of messages) isNew = this.#memory.put(tell(message), isKnown) || isNew;
		if (isNew) this.#host.emit('message', frame.output);
	}

	#gap(toMs: number): void {
		this.#host.ports.log('warn', 'Stream: messages may be missing that the history does not hold');
		this.#host.emit('gap', gapOutput(this.#host.threadId, this.#completeMs, toMs));
	}
}

function messagesIn({ output: { body } }: StreamFrame): JsonObject[] {
	const payload = isObject(body) ? body['payload'] : undefined;
	return isObject(payload) ? objectsIn(payload['messages']) : [];
}

function heldOf(frame: StreamFrame): HeldMessage[] {
	return messagesIn(frame).map((message) => ({ ...tell(message), frame }));
}

/** Steps that go out together: the messages of one entry or of one frame. */
function groups(steps: readonly Step[]): Step[][] {
	const groups: Step[][] = [];
	let last: unknown;
	for (const step of steps) {
		const source = step.from === 'stream' ? step.message.frame : step.message.entry;
		if (source === last) groups.at(-1)?.push(step);
		else groups.push([step]);
		last = source;
	}
	return groups;
}
