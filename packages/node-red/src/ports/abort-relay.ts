import { EventEmitter } from 'node:events';

/** Tells what a signal says to any number of listeners; undici takes it in a signal's place. */
class AbortRelay extends EventEmitter {
	readonly #signal: AbortSignal;

	constructor(signal: AbortSignal) {
		super();
		this.#signal = signal;
		this.setMaxListeners(0);
		signal.addEventListener('abort', () => this.emit('abort'), { once: true });
	}

	get aborted(): boolean {
		return this.#signal.aborted;
	}

	get reason(): unknown {
		return this.#signal.reason as unknown;
	}
}

const relays = new WeakMap<AbortSignal, AbortRelay>();

/**
 * The relay of a signal; calls that share the signal share it. A signal that calls listened to themselves would hold
 * what they have read until the next collection of all memory: Node.js links the listeners of a signal to each other,
 * those that were taken off as well.
 */
export function relayOf(signal: AbortSignal): EventEmitter {
	const known = relays.get(signal);
	if (known) return known;
	const relay = new AbortRelay(signal);
	relays.set(signal, relay);
	return relay;
}
