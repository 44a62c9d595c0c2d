import type { Context } from '../context';
import { Overlay } from '../overlay';
import { builtInConversations } from './builtin';
import { activityOf, xoId, type XoConversation } from './model';

/** Generated conversations, made when they are asked for (see `seed/flowxo.ts`). */
export interface XoSource {
	readonly count: number;
	/** Id of the n-th most recently active conversation. */
	idAt(position: number): string;
	/** The place of an id in that order; -1 for an id that was not generated. */
	positionOf(id: string): number;
	make(id: string): XoConversation | undefined;
	/** Positions whose creation (or activity) lies in a range of milliseconds, in order. */
	within(field: 'created' | 'activity', start: number, end: number): Uint32Array;
}

const NO_SOURCE: XoSource = {
	count: 0,
	idAt: () => '',
	positionOf: () => -1,
	make: () => undefined,
	within: () => new Uint32Array(),
};

export interface XoRange {
	start?: number;
	end?: number;
}

/** All Flow XO conversations. Those that were changed are held; generated ones are made on demand. */
export class XoStore {
	/** Least recently active first. */
	private held = new Map<string, XoConversation>();

	constructor(
		private readonly context: Context,
		private readonly source: XoSource = NO_SOURCE,
	) {
		this.load(builtInConversations());
	}

	find(id: string): XoConversation | undefined {
		return this.held.get(id) ?? this.source.make(id);
	}

	/** Notes that a conversation was active now: it is held, and moves to the head of the list. */
	keep(conversation: XoConversation): void {
		const id = xoId(conversation);
		this.held.delete(id);
		this.held.set(id, conversation);
		this.context.bus.emit({ topic: 'conversation', id });
	}

	/** A page of conversations, newest activity first, and the number of all that match. */
	page(skip: number, limit: number, range: XoRange): { rows: XoConversation[]; total: number } {
		const held = [...this.held.values()].reverse().filter((conversation) => this.inRange(conversation, range));
		const rows = held.slice(skip, skip + limit);
		const from = Math.max(0, skip - held.length);
		const wanted = limit - rows.length;
		if (this.source.count === 0) return { rows, total: held.length };
		if (range.start === undefined && range.end === undefined) {
			const generated = new Overlay(this.source.count, this.heldPositions());
			for (const position of generated.range(from, wanted)) this.push(rows, position);
			return { rows, total: held.length + generated.count };
		}
		const field = this.context.settings.flowXoRange;
		const positions = this.source.within(field, range.start ?? -Infinity, range.end ?? Infinity);
		const taken = this.heldPositions();
		const left = taken.size === 0 ? positions : positions.filter((position) => !taken.has(position));
		for (const position of left.subarray(from, from + wanted)) this.push(rows, position);
		return { rows, total: held.length + left.length };
	}

	/** Removes the most recently active conversations (a fault of paged lists). */
	removeHead(count: number): void {
		for (const id of [...this.held.keys()].reverse().slice(0, count)) this.held.delete(id);
	}

	dump(): XoConversation[] {
		return [...this.held.values()];
	}

	load(conversations: XoConversation[]): void {
		const sorted = [...conversations].sort((a, b) => activityOf(a) - activityOf(b));
		this.held = new Map(sorted.map((conversation) => [xoId(conversation), conversation]));
	}

	private push(rows: XoConversation[], position: number): void {
		const conversation = this.source.make(this.source.idAt(position));
		if (conversation) rows.push(conversation);
	}

	private heldPositions(): Set<number> {
		const positions = new Set<number>();
		for (const id of this.held.keys()) {
			const position = this.source.positionOf(id);
			if (position >= 0) positions.add(position);
		}
		return positions;
	}

	private inRange(conversation: XoConversation, range: XoRange): boolean {
		const byCreation = this.context.settings.flowXoRange === 'created';
		const at = byCreation ? conversation.createdAt : activityOf(conversation);
		return at >= (range.start ?? -Infinity) && at <= (range.end ?? Infinity);
	}
}
