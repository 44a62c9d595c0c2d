import { join } from 'node:path';
import type { Red } from '../runtime/red';
import { Store } from './store';

/** Folder below Node-RED's user directory. */
const FOLDER = 'convoflow';

/** The store of a node, for as long as the node lives. */
export interface NodeStore {
	/** Rejects with CONVOFLOW_STORE_FAILED when the file cannot be read. */
	readonly store: Promise<Store>;
	/**
	 * To be called once, when the node closes. The file is closed with its last user; it is deleted when the node
	 * is no longer part of any flow once the deploy is through.
	 * @param isRemoved as Node-RED tells it: also true for a node that was only disabled
	 */
	release(isRemoved: boolean): Promise<void>;
}

interface Shared {
	readonly store: Promise<Store>;
	users: number;
}

/** Open stores by file. A deploy may start a node before its former self has closed. */
const open = new Map<string, Shared>();
const closing = new Map<string, Promise<void>>();
/** Ids of nodes that were deleted or disabled, by their file. */
const gone = new Map<string, string>();
const watched = new WeakSet<object>();

/** A node inside a subflow has the ids of the subflow's instances before its own, joined by `-`. */
function isConfigured(id: string, known: ReadonlySet<string>): boolean {
	if (known.has(id)) return true;
	for (let at = id.indexOf('-'); at >= 0; at = id.indexOf('-', at + 1))
		if (known.has(id.slice(0, at)) && isConfigured(id.slice(at + 1), known)) return true;
	return false;
}

/** Runs a step on a file after those before it; whoever opens the file waits for it. */
function afterClosing(file: string, step: () => Promise<void>): Promise<void> {
	// A file that cannot be closed or deleted is no reason to end Node-RED.
	const closed = (closing.get(file) ?? Promise.resolve())
		.then(step)
		.catch(() => undefined)
		.finally(() => {
			if (closing.get(file) === closed) closing.delete(file);
		});
	closing.set(file, closed);
	return closed;
}

function removeGone(red: Red): void {
	const known = new Set<string>();
	red.nodes.eachNode(({ id }) => known.add(id));
	for (const [file, id] of gone) {
		// A node that is disabled only may be deleted later on.
		if (isConfigured(id, known)) continue;
		gone.delete(file);
		void afterClosing(file, async () => await (await Store.open(file)).remove());
	}
}

/** Deletes the files of deleted nodes after each deploy. */
function watchDeploys(red: Red): void {
	if (watched.has(red.events)) return;
	watched.add(red.events);
	red.events.on('flows:started', () => removeGone(red));
}

/**
 * Opens the store of a node: one file below Node-RED's user directory, named after the node's id. It outlives
 * restarts and deploys, and is deleted with the node.
 */
export function openNodeStore(red: Red, nodeId: string): NodeStore {
	watchDeploys(red);
	const folder = join(red.settings.userDir ?? process.cwd(), FOLDER);
	const file = join(folder, `${encodeURIComponent(nodeId)}.log`);
	const shared = open.get(file) ?? {
		store: (closing.get(file) ?? Promise.resolve()).then(() => Store.open(file)),
		users: 0,
	};
	shared.store.catch(() => undefined);
	shared.users += 1;
	open.set(file, shared);
	gone.delete(file);
	return {
		store: shared.store,
		release: async (isRemoved) => {
			if (isRemoved) gone.set(file, nodeId);
			shared.users -= 1;
			if (shared.users > 0) return;
			open.delete(file);
			await afterClosing(file, async () => await (await shared.store).close());
		},
	};
}
