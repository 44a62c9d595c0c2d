import { toNodeError } from '../runtime/errors';
import { flowsGate } from '../runtime/flows-gate';
import type { Red, RedNode } from '../runtime/red';
import { show } from '../runtime/status';
import { openNodeStore } from '../store/node-stores';
import type { Store } from '../store/store';
import { EventIntake, type EventSource } from './event-intake';
import { forgetMemory, memoryOf, type EventMemory } from './event-memory';
import { inFlightOf } from './in-flight';

/** What an intake is to keep, and where its events come from. */
export interface IntakeOptions {
	/** Events are on disk before they are acknowledged, and sent again after a crash. */
	readonly isDurable: boolean;
	/** Something of the node is kept on disk. */
	readonly isOnDisk: boolean;
	readonly sourceOf: (memory: EventMemory, store: Store | undefined) => EventSource;
}

/** An intake for as long as its node lives. */
export interface IntakeLife {
	readonly intake: Promise<EventIntake>;
	readonly close: (isRemoved: boolean) => Promise<void>;
}

/** Opens what the node keeps, and sends again what a crash has cut off. */
export function startIntake(
	red: Red,
	node: RedNode,
	{ isDurable, isOnDisk, sourceOf }: IntakeOptions,
): IntakeLife {
	const opened = isOnDisk ? openNodeStore(red, node.id) : undefined;
	const stopWatching = isDurable ? inFlightOf(red).watch() : (): void => undefined;
	const intake = Promise.resolve(opened?.store).then((store) => {
		const memory = memoryOf(node.id, store);
		return new EventIntake(red, node, { source: sourceOf(memory, store), memory, store, isDurable });
	});
	const report = (error: unknown): void => {
		show(node, 'failed');
		node.error(toNodeError(error).message);
	};
	const takeBack = flowsGate(red).onceRunning(() => {
		intake.then(async (one) => await one.sendAgain()).catch(report);
	});
	return {
		intake,
		close: async (isRemoved) => {
			takeBack();
			await intake.then(
				(one) => one.close(),
				() => undefined,
			);
			stopWatching();
			await opened?.release(isRemoved);
			if (isRemoved) forgetMemory(node.id);
		},
	};
}
