import { EventEmitter } from 'node:events';

/** What changed in the sandbox; the console listens, and the data file is written after a change of the world. */
export type Change =
	| { topic: 'thread'; id: string }
	| { topic: 'conversation'; id: string }
	| { topic: 'chatlayer' }
	| { topic: 'delivery'; id: string }
	| { topic: 'request'; id: string }
	| { topic: 'sockets'; open: number }
	| { topic: 'faults' }
	| { topic: 'settings' };

/** One channel for all changes. */
export class Bus {
	private readonly emitter = new EventEmitter().setMaxListeners(0);

	emit(change: Change): void {
		this.emitter.emit('change', change);
	}

	/** Adds a listener and returns a function that removes it. */
	on(listener: (change: Change) => void): () => void {
		this.emitter.on('change', listener);
		return () => void this.emitter.off('change', listener);
	}

	close(): void {
		this.emitter.removeAllListeners();
	}
}
