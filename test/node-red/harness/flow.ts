import type { FlowNode, Settings } from './call-node';

/** The tab on which the flows of a test stand. */
export const TAB: FlowNode = { id: 'tab', type: 'tab', label: 'test' };

/** A node of the tab, wired to others by its first output. */
export function node(
	id: string,
	type: string,
	config: Readonly<Record<string, unknown>> = {},
	...to: string[]
): FlowNode {
	return { id, type, z: TAB.id, x: 100, y: 100, ...config, wires: [to] };
}

/** A button that starts a flow with the properties it is pressed with. */
export function injectNode(id: string, ...to: string[]): FlowNode {
	return node(id, 'inject', { props: [], repeat: '', once: false }, ...to);
}

/** Shows whole messages in the debug sidebar. */
export function debugNode(id: string): FlowNode {
	return node(id, 'debug', { active: true, tosidebar: true, complete: 'true', targetType: 'full' });
}

/** A webhook that nothing is checked at. */
export function webhookNode(
	id: string,
	config: Readonly<Record<string, unknown>>,
	...to: string[]
): FlowNode {
	return node(id, 'flowai-webhook', { events: 'message,handover', verification: 'none', ...config }, ...to);
}

/** A config node, its secrets inline. */
export function credentialNode(id: string, { type, config, credentials }: Settings): FlowNode {
	return { id, type, ...config, ...(credentials ? { credentials } : {}) };
}
