import { THREADS } from '../visitors';
import type { Target } from './flow-ids';

/** A node of a flow file. */
export type Node = Record<string, unknown> & { id: string; type: string };

/** Id of the demo's tab. */
export const TAB = 'demo-flow';
const COLUMNS = [160, 420, 680, 930, 1130] as const;

/** A node at a place of the grid; wires lead to the outputs given. */
export function at(row: number, column: 0 | 1 | 2 | 3 | 4, node: Node, ...wires: string[][]): Node {
	return { z: TAB, x: COLUMNS[column], y: 80 + row * 60, wires, ...node };
}

/** A button on the left. */
export function button(id: string, name: string, payload: string, payloadType = 'str'): Node {
	return {
		id,
		type: 'inject',
		name,
		props: [{ p: 'payload' }, { p: 'threadId', v: THREADS.rest, vt: 'str' }],
		payload,
		payloadType,
		repeat: '',
		once: false,
	};
}

/** A debug node; its name is what the demo prints. */
export function show(name: string): Node {
	return {
		id: `demo-show-${name.replaceAll(' ', '-')}`,
		type: 'debug',
		name,
		active: true,
		tosidebar: true,
		tostatus: false,
		complete: 'payload',
		targetType: 'msg',
	};
}

/** Where a wire to a debug node leads. */
export const shown = (name: string): string[] => [show(name).id];

/** The credentials, which lead to the sandbox. */
export function configNodes({ baseUrls, keys }: Target): Node[] {
	return [
		{
			id: 'demo-flowai',
			type: 'flowai-api',
			name: 'Flow.ai (sandbox)',
			scheme: 'bearer',
			baseUrl: baseUrls.flowAi,
			credentials: { apiKey: keys.flowAiRest },
		},
		{
			id: 'demo-flowai-socket',
			type: 'flowai-socket',
			name: 'Flow.ai web channel (sandbox)',
			baseUrl: baseUrls.flowAiSocket,
			credentials: { clientId: keys.flowAiClientId },
		},
		{
			id: 'demo-flowxo',
			type: 'flowxo-api',
			name: 'Flow XO (sandbox)',
			baseUrl: baseUrls.flowXo,
			credentials: { apiKey: keys.flowXo },
		},
		{
			id: 'demo-chatlayer',
			type: 'chatlayer-api',
			name: 'Chatlayer (sandbox)',
			region: 'custom',
			baseUrl: baseUrls.chatlayer,
			coreBaseUrl: baseUrls.chatlayerCore,
			credentials: {
				tokenId: keys.chatlayerTokenId,
				tokenSecret: keys.chatlayerTokenSecret,
				coreToken: keys.chatlayerCore,
			},
		},
	];
}

/** A field that is read from the message. */
export const fromMessage = (property: string, field = property): Record<string, string> => ({
	[field]: property,
	[`${field}Type`]: 'msg',
});

/** A field that is filled in. */
export const literal = (field: string, value: string, type = 'str'): Record<string, string> => ({
	[field]: value,
	[`${field}Type`]: type,
});

/** A node that does something with the bot of the message's thread. */
export function bot(id: string, name: string, operation: string): Node {
	return {
		id,
		type: 'flowai-bot',
		name,
		flowAiApi: 'demo-flowai',
		operation,
		sendAs: 'one',
		...fromMessage('threadId'),
		...literal('answer', 'here', 'choice'),
	};
}

/** A button, a node and what it shows, in one row. */
export function row(line: number, start: Node, node: Node, name: string): Node[] {
	return [at(line, 0, start, [node.id]), at(line, 1, node, [show(name).id]), at(line, 2, show(name))];
}
