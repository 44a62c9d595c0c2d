import type { JsonObject, JsonValue } from '@convoflow/client';
import { randomUUID } from 'node:crypto';
import type { Red, RedNode } from '../runtime/red';
import type { Store } from '../store/store';
import type { EventMemory } from './event-memory';
import type { Taken } from './event-route';
import { inFlightOf, type InFlight } from './in-flight';
import { Journal, ONCE, type Unfinished } from './journal';

/** An event that made Node-RED end so often is not sent again. */
const MAX_TRIES = 3;

/** What became of an event. */
export interface Intake extends Taken {
	/** Why it starts no flow, as a sentence without its end; undefined when it does. */
	readonly leftOut: string | undefined;
}

/** An event as the intake needs it. */
export interface ReadEvent {
	readonly kind: string;
	readonly eventKey: string;
	/** True when the event itself says who it is, so that a repeat can be told from a second event. */
	readonly hasOwnKey: boolean;
	readonly output: JsonObject;
}

/** What is particular to a service. */
export interface EventSource {
	/** Reads what came. @param uniqueKey key for an event that carries no id */
	read(body: JsonValue, uniqueKey: () => string): ReadEvent;
	/** Why an event starts no flow, as a sentence without its end; undefined when it does. */
	filter(event: ReadEvent, nowMs: number): string | undefined;
	/** Properties of the message beside payload and topic. */
	properties(output: JsonObject): Readonly<Record<string, unknown>>;
}

/** Parts of an intake. */
export interface IntakeParts {
	readonly source: EventSource;
	readonly memory: EventMemory;
	/** Of the node, where it is to keep its state on disk. */
	readonly store: Store | undefined;
	/** Events are on disk before they are acknowledged. */
	readonly isDurable: boolean;
}

function leftOut(why: string): Intake {
	return { leftOut: why, run: () => undefined, undo: () => undefined };
}

/** The way of an event through one node: filter, repeats, journal, flow. */
export class EventIntake {
	readonly #red: Red;
	readonly #node: RedNode;
	readonly #source: EventSource;
	readonly #memory: EventMemory;
	readonly #journal: Journal | undefined;
	readonly #inFlight: InFlight;
	#isClosed = false;

	constructor(red: Red, node: RedNode, { source, memory, store, isDurable }: IntakeParts) {
		this.#red = red;
		this.#node = node;
		this.#source = source;
		this.#memory = memory;
		this.#journal = isDurable && store ? new Journal(store) : undefined;
		this.#inFlight = inFlightOf(red);
		memory.current = this;
	}

	/**
	 * Takes an event in. Resolves when it may be acknowledged.
	 * @throws CONVOFLOW_OVERLOADED, CONVOFLOW_STORE_FAILED when it could not be kept
	 */
	async take(body: JsonValue): Promise<Intake> {
		const now = Date.now();
		const event = this.#source.read(body, randomUUID);
		const { output, kind, eventKey, hasOwnKey } = event;
		const why = this.#source.filter(event, now);
		if (why !== undefined) return leftOut(why);

		const key = hasOwnKey ? `${kind} ${eventKey}` : ONCE + eventKey;
		if (hasOwnKey && !this.#memory.keys.add(key, now)) {
			// The first delivery may still turn out not to be kept: then this one must not be acknowledged either.
			await this.#memory.keeping.get(key);
			return leftOut('it came before');
		}
		await this.#keep(key, body, now);
		return {
			leftOut: undefined,
			run: () => {
				const { current, underway } = this.#memory;
				// While a deploy replaces the node there is none: the next one finds the event in its journal.
				if (current) current.send(key, kind, output);
				else underway.delete(key);
			},
			undo: () => {
				this.#memory.keys.delete(key);
				this.#memory.underway.delete(key);
				this.#journal?.drop(key);
			},
		};
	}

	/** Sends events again whose flow had not ended when Node-RED did. */
	async sendAgain(): Promise<void> {
		const journal = this.#journal;
		if (!journal) return;
		for (const key of this.#memory.ended) journal.finish(key, Date.now());
		this.#memory.ended.clear();
		await journal.settled();
		const left = journal.unfinished().filter(({ key }) => !this.#memory.underway.has(key));
		const [hopeless, again] = [true, false].map((is) =>
			left.filter(({ tries }) => tries >= MAX_TRIES === is),
		);
		for (const { key, tries } of hopeless ?? []) {
			journal.finish(key, Date.now());
			this.#node.error(
				`The event ${key} was sent ${tries} times and Node-RED ended each time: it is left out`,
			);
		}
		for (const { key } of again ?? []) this.#memory.underway.add(key);
		await Promise.all((again ?? []).map(async (one) => await journal.keepAgain(one, Date.now())));
		for (const one of again ?? []) this.#sendUnfinished(one);
	}

	#sendUnfinished({ key, body }: Unfinished): void {
		const { kind, output } = this.#source.read(JSON.parse(body) as JsonValue, () => key.slice(ONCE.length));
		this.send(key, kind, output, true);
	}

	async #keep(key: string, body: JsonValue, now: number): Promise<void> {
		const { keeping, keys } = this.#memory;
		const kept = this.#journal?.keep(key, JSON.stringify(body), now);
		if (!kept) return;
		keeping.set(key, kept);
		try {
			await kept;
			this.#memory.underway.add(key);
		} catch (error) {
			keys.delete(key);
			throw error;
		} finally {
			keeping.delete(key);
		}
	}

	/**
	 * Starts the flow with an event.
	 * @param isAgain it was sent before, and Node-RED ended meanwhile
	 */
	send(key: string, topic: string, payload: JsonObject, isAgain = false): void {
		const message = {
			_msgid: this.#red.util.generateId(),
			payload,
			topic,
			...this.#source.properties(payload),
			...(isAgain ? { redelivered: true } : {}),
		};
		const journal = this.#journal;
		if (!journal) return this.#node.send(message);
		const { underway, ended } = this.#memory;
		underway.add(key);
		this.#inFlight.follow(message._msgid, (how) => {
			underway.delete(key);
			if (how !== 'done') return;
			// A deploy may have closed this node since; the next one finds it.
			if (this.#isClosed) ended.add(key);
			else journal.finish(key, Date.now());
		});
		this.#node.send(message);
		this.#inFlight.sent(message._msgid);
	}

	/** The node closes. */
	close(): void {
		this.#isClosed = true;
		if (this.#memory.current === this) this.#memory.current = undefined;
	}
}
