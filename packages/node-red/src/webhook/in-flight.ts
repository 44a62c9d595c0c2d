import type { Message, Red } from '../runtime/red';

/** A message counts as done after this time, in ms, even if a node never says so. */
const LONGEST_MS = 10 * 60_000;
const SWEEP_MS = 30_000;
const LABEL = 'convoflow';

/** How a message's way ended: every node is done with it, or a deploy has replaced the nodes that held it. */
export type WayEnd = 'done' | 'cut';

interface Way {
	readonly end: (how: WayEnd) => void;
	readonly startedMs: number;
	/** How often each node holds the message, or is about to get it. */
	readonly held: Map<string, number>;
	readonly coming: Map<string, number>;
}

interface Place {
	readonly id: string;
	readonly node?: { readonly _expectedDoneCount?: number };
}
interface Delivery {
	readonly msg: Message;
	readonly destination: Place;
}
interface Completion {
	readonly msg: Message;
	readonly node: Place;
}

function change(counts: Map<string, number>, id: string, by: 1 | -1): void {
	const count = (counts.get(id) ?? 0) + by;
	if (count > 0) counts.set(id, count);
	else counts.delete(id);
}

/**
 * Follows messages through the flows by their `_msgid`, through Node-RED's routing hooks, until every node that
 * got one has called `done` for it. A node of the old style, which cannot say when it is done, is done when it
 * has taken the message. A node that makes a new message (another `_msgid`) ends the way there.
 */
export class InFlight {
	readonly #red: Red;
	readonly #ways = new Map<string, Way>();
	/** Ids at the time of receiving, since a node may change the message it got. */
	readonly #received = new WeakMap<Message, string>();
	#watchers = 0;
	#isWatching = false;
	#sweep: NodeJS.Timeout | undefined;

	constructor(red: Red) {
		this.#red = red;
		const cut = (detail: unknown): void => {
			const { type, diff } = detail as { type?: string; diff?: { globalConfigChanged?: boolean } };
			// Every node is replaced, and what they held is gone with them.
			if (type === 'full' || diff?.globalConfigChanged === true) this.#endAll();
		};
		red.events.on('flows:stopping', cut);
		// Also what was sent while they stopped, to nodes that were closed already.
		red.events.on('flows:stopped', cut);
	}

	/** Watches messages for as long as somebody wants it; it costs a little for every message. @returns ends it */
	watch(): () => void {
		this.#watchers += 1;
		if (!this.#isWatching) this.#start();
		return () => {
			this.#watchers -= 1;
			this.#stopIfIdle();
		};
	}

	/** Follows a message from here on. @param end called once */
	follow(id: string, end: (how: WayEnd) => void): void {
		this.#ways.set(id, { end, startedMs: Date.now(), held: new Map(), coming: new Map() });
	}

	/** To be called after the message was sent: it may have reached no node at all. */
	sent(id: string): void {
		this.#settle(id);
	}

	#start(): void {
		this.#isWatching = true;
		const { hooks } = this.#red;
		const add = <E>(hook: string, handler: (event: E) => void): void => {
			hooks.add(`${hook}.${LABEL}`, handler);
		};
		add('preDeliver', ({ msg, destination }: Delivery) => {
			const way = this.#ways.get(msg._msgid ?? '');
			if (way) change(way.coming, destination.id, 1);
		});
		add('onReceive', ({ msg, destination }: Delivery) => {
			const id = msg._msgid ?? '';
			const way = this.#ways.get(id);
			if (!way) return;
			change(way.coming, destination.id, -1);
			if (destination.node?._expectedDoneCount === 0) return this.#settle(id);
			this.#received.set(msg, id);
			change(way.held, destination.id, 1);
		});
		add('onComplete', ({ msg, node }: Completion) => {
			const id = this.#received.get(msg) ?? msg._msgid ?? '';
			const way = this.#ways.get(id);
			if (!way) return;
			change(way.held, node.id, -1);
			this.#settle(id);
		});
		this.#sweep = setInterval(() => this.#endOld(), SWEEP_MS).unref();
	}

	#stopIfIdle(): void {
		if (!this.#isWatching || this.#watchers > 0 || this.#ways.size > 0) return;
		this.#isWatching = false;
		for (const hook of ['preDeliver', 'onReceive', 'onComplete']) this.#red.hooks.remove(`${hook}.${LABEL}`);
		clearInterval(this.#sweep);
	}

	/** Ends a way that nobody is on; a little later, since a Catch or Complete node may be about to get it. */
	#settle(id: string): void {
		setImmediate(() => {
			const way = this.#ways.get(id);
			if (way?.held.size === 0 && way.coming.size === 0) this.#end(id, way, 'done');
		});
	}

	#end(id: string, way: Way, how: WayEnd): void {
		this.#ways.delete(id);
		way.end(how);
		this.#stopIfIdle();
	}

	#endOld(): void {
		for (const [id, way] of this.#ways)
			if (Date.now() - way.startedMs > LONGEST_MS) this.#end(id, way, 'done');
	}

	#endAll(): void {
		for (const [id, way] of this.#ways) this.#end(id, way, 'cut');
	}
}

const followers = new WeakMap<object, InFlight>();

/** The one that follows messages in a Node-RED. */
export function inFlightOf(red: Red): InFlight {
	const follower = followers.get(red.events) ?? new InFlight(red);
	followers.set(red.events, follower);
	return follower;
}
