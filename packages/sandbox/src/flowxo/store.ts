import type { Context } from '../context';
import { arrayPart, Overlay, readParts } from '../overlay';
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
	/** Creation and last activity of the n-th, in milliseconds. */
	timesAt(position: number): { created: number; active: number };
	/** Rows whose creation (or activity) lies in a range of milliseconds, in order, without those taken out. */
	within(field: 'created' | 'activity', start: number, end: number, taken: ReadonlySet<number>): XoSelection;
}

const NO_SOURCE: XoSource = {
	count: 0,
	idAt: () => '',
	positionOf: () => -1,
	make: () => undefined,
	timesAt: () => ({ created: 0, active: 0 }),
	within: () => ({ count: 0, page: () => [] }),
};

/** Some of the generated rows. */
export interface XoSelection {
	count: number;
	/** Positions from `skip`, at most `limit`. */
	page(skip: number, limit: number): number[];
}

export interface XoRange {
	start?: number;
	end?: number;
}

/**
 * All Flow XO conversations. Those that were active in this sandbox are held; generated ones are made on demand. The
 * order of lists is: active ones, generated ones, built-in ones.
 */
export class XoStore {
	/** Least recently active first. */
	private readonly active = new Map<string, XoConversation>();
	/** Built-in conversations that were changed and not moved. */
	private readonly changed = new Set<string>();
	private readonly builtIn = new Map(byActivity(builtInConversations()).map((row) => [xoId(row), row]));

	constructor(
		private readonly context: Context,
		private readonly source: XoSource = NO_SOURCE,
	) {}

	find(id: string): XoConversation | undefined {
		return this.active.get(id) ?? this.builtIn.get(id) ?? this.source.make(id);
	}

	/** Notes that a conversation was active now: it is held, and moves to the head of the list. */
	keep(conversation: XoConversation): void {
		const id = xoId(conversation);
		this.builtIn.delete(id);
		this.active.delete(id);
		this.active.set(id, conversation);
		this.context.bus.emit({ topic: 'conversation', id });
	}

	/** Holds a changed conversation without moving it to the head, save where it was generated. */
	hold(conversation: XoConversation): void {
		const id = xoId(conversation);
		if (this.builtIn.has(id)) this.changed.add(id);
		else if (!this.active.has(id)) this.active.set(id, conversation);
		this.context.bus.emit({ topic: 'conversation', id });
	}

	/** A page of conversations, newest activity first, and the number of all that match. */
	page(skip: number, limit: number, range: XoRange): { rows: XoConversation[]; total: number } {
		const [start, end] = [range.start ?? -Infinity, range.end ?? Infinity];
		const field = this.context.settings.flowXoRange;
		const inside = (row: XoConversation): boolean => {
			const at = field === 'created' ? row.createdAt : activityOf(row);
			return at >= start && at <= end;
		};
		const whole = range.start === undefined && range.end === undefined;
		const taken = this.taken();
		const generated = whole
			? new Overlay(this.source.count, taken)
			: this.source.within(field, start, end, taken);
		const parts = [
			arrayPart([...this.active.values()].reverse().filter(inside)),
			{ count: generated.count, page: (from: number, most: number) => this.make(generated.page(from, most)) },
			arrayPart([...this.builtIn.values()].reverse().filter(inside)),
		];
		return readParts(parts, skip, limit);
	}

	/** Visits the conversations whose times are wanted, in no particular order; others are not even built. */
	visit(
		action: (conversation: XoConversation) => void,
		wanted: (created: number, active: number) => boolean,
	): void {
		for (const conversation of [...this.active.values(), ...this.builtIn.values()]) {
			if (wanted(conversation.createdAt, activityOf(conversation))) action(conversation);
		}
		const taken = this.taken();
		for (let position = 0; position < this.source.count; position += 1) {
			if (taken.has(position)) continue;
			const { created, active } = this.source.timesAt(position);
			if (wanted(created, active)) this.make([position]).forEach(action);
		}
	}

	/** Removes the first rows of the list, as far as they are not generated (a fault of paged lists). */
	removeHead(count: number): void {
		for (const row of this.page(0, count, {}).rows) {
			this.active.delete(xoId(row));
			this.builtIn.delete(xoId(row));
		}
	}

	/** The conversations that were active, and built-in ones that were changed where they are, for the data file. */
	dump(): { active: XoConversation[]; changed: XoConversation[] } {
		const changed = [...this.changed].map((id) => this.builtIn.get(id));
		return { active: [...this.active.values()], changed: changed.filter((row) => row !== undefined) };
	}

	load({ active, changed }: ReturnType<XoStore['dump']>): void {
		for (const conversation of active) {
			this.builtIn.delete(xoId(conversation));
			this.active.set(xoId(conversation), conversation);
		}
		for (const conversation of changed) {
			this.builtIn.set(xoId(conversation), conversation);
			this.changed.add(xoId(conversation));
		}
	}

	private make(positions: number[]): XoConversation[] {
		return positions
			.map((position) => this.source.make(this.source.idAt(position)))
			.filter((conversation) => conversation !== undefined);
	}

	private taken(): Set<number> {
		return new Set(
			[...this.active.keys()].map((id) => this.source.positionOf(id)).filter((place) => place >= 0),
		);
	}
}

function byActivity(conversations: XoConversation[]): XoConversation[] {
	return [...conversations].sort((a, b) => activityOf(a) - activityOf(b));
}
