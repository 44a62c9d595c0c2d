import type { NodeStatus, RedNode } from './red';

/** What a node can show; the texts stand in its catalog under `status`. */
const STATUSES = {
	working: { fill: 'blue', shape: 'dot' },
	done: { fill: 'green', shape: 'dot' },
	failed: { fill: 'red', shape: 'ring' },
	queueFull: { fill: 'red', shape: 'dot' },
	noCredential: { fill: 'red', shape: 'ring' },
	checking: { fill: 'blue', shape: 'dot' },
	keyRefused: { fill: 'red', shape: 'ring' },
	connecting: { fill: 'yellow', shape: 'ring' },
	connected: { fill: 'green', shape: 'dot' },
	reconnecting: { fill: 'yellow', shape: 'ring' },
	stopped: { fill: 'red', shape: 'ring' },
	clientIdRefused: { fill: 'red', shape: 'ring' },
	notAllowed: { fill: 'red', shape: 'ring' },
	noThread: { fill: 'grey', shape: 'ring' },
	gap: { fill: 'yellow', shape: 'dot' },
	noSecret: { fill: 'red', shape: 'ring' },
	listening: { fill: 'green', shape: 'ring' },
	unreachable: { fill: 'red', shape: 'ring' },
	tooSlow: { fill: 'yellow', shape: 'ring' },
	subscribing: { fill: 'yellow', shape: 'ring' },
	notVerified: { fill: 'red', shape: 'ring' },
	ended: { fill: 'red', shape: 'ring' },
} as const satisfies Record<string, NodeStatus>;

export type StatusName = keyof typeof STATUSES;

/** Every status text, in English; at most 20 characters, since the canvas has room for no more. */
export const STATUS_TEXTS: Readonly<Record<StatusName, string>> = {
	working: 'working',
	done: 'done',
	failed: 'failed',
	queueFull: 'too many messages',
	noCredential: 'no credential',
	checking: 'checking',
	keyRefused: 'key refused',
	connecting: 'connecting',
	connected: 'connected',
	reconnecting: 'reconnecting',
	stopped: 'stopped, see debug',
	clientIdRefused: 'client ID refused',
	notAllowed: 'not allowed',
	noThread: 'no thread yet',
	gap: 'messages missing?',
	noSecret: 'no secret',
	listening: 'listening',
	unreachable: 'no public URL',
	tooSlow: 'no reply in time',
	subscribing: 'subscribing',
	notVerified: 'address not verified',
	ended: 'subscription ended',
};

/** What each node shows. */
const shown = new WeakMap<RedNode, string>();

/** Each change goes to every open editor and Status node, so that a node at work would flood them with what is there. */
function change(node: RedNode, status: NodeStatus): void {
	const text = `${status.fill} ${status.shape} ${status.text}`;
	if (shown.get(node) === text) return;
	shown.set(node, text);
	node.status(status);
}

/** Shows a status by its key, so that each user reads it in the language of his browser. */
export function show(node: RedNode, name: StatusName): void {
	change(node, { ...STATUSES[name], text: `${node.type}.status.${name}` });
}

/**
 * Shows when a check ended, by the clock of the server, and how many events it brought. The numbers leave no
 * room for a key of the catalog.
 */
export function showChecked(node: RedNode, at: Date, events: number): void {
	const time = [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
	change(node, { fill: 'green', shape: events > 0 ? 'dot' : 'ring', text: `${time}, ${events} new` });
}

/** Shows nothing. */
export function showNothing(node: RedNode): void {
	change(node, {});
}
