import type { Sandbox } from '@convoflow/sandbox';

/** What the flow reaches. */
export type Target = Pick<Sandbox, 'url' | 'baseUrls' | 'keys'>;

/** Thread of the REST channel that the demo writes into, and the thread of the web chat that it listens to. */
export const THREADS = { rest: 'demo-visitor', web: 'demo-web-visitor' } as const;

/** Ids of the nodes that the demo presses or watches. */
export const NODES = {
	send: 'demo-send-button',
	askForHuman: 'demo-ask-for-human',
	writeInWebChat: 'demo-write-in-web-chat',
	resume: 'demo-resume',
	readThread: 'demo-read-thread',
	listConversations: 'demo-list-conversations',
	countConversations: 'demo-count-conversations',
} as const;

type Node = Record<string, unknown> & { id: string; type: string };

const TAB = 'demo-flow';
const COLUMNS = [160, 420, 680, 930] as const;

/** A node at a place of the grid; wires lead to the outputs given. */
function at(row: number, column: 0 | 1 | 2 | 3, node: Node, ...wires: string[][]): Node {
	return { z: TAB, x: COLUMNS[column], y: 80 + row * 60, wires, ...node };
}

function button(id: string, name: string, payload: string, payloadType = 'str'): Node {
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
function show(name: string): Node {
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

const shown = (name: string): string[] => [show(name).id];

function configNodes({ baseUrls, keys }: Target): Node[] {
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
			credentials: { tokenId: keys.chatlayerTokenId, tokenSecret: keys.chatlayerTokenSecret },
		},
	];
}

const fromMessage = (property: string, field = property): Record<string, string> => ({
	[field]: property,
	[`${field}Type`]: 'msg',
});

const literal = (field: string, value: string, type = 'str'): Record<string, string> => ({
	[field]: value,
	[`${field}Type`]: type,
});

function bot(id: string, name: string, operation: string): Node {
	return {
		id,
		type: 'flowai-bot',
		name,
		flowAiApi: 'demo-flowai',
		operation,
		sendAs: 'one',
		...fromMessage('threadId'),
	};
}

/** A button, a node and what it shows, in one row. */
function row(line: number, start: Node, node: Node, name: string): Node[] {
	return [at(line, 0, start, [node.id]), at(line, 1, node, [show(name).id]), at(line, 2, show(name))];
}

/** Sends what the buttons say, pauses and resumes. */
function restNodes(): Node[] {
	return [
		at(0, 0, button(NODES.send, 'Send a message', 'echo 4711'), ['demo-send']),
		at(1, 0, button(NODES.askForHuman, 'Ask for a human', 'I want to talk to a human'), ['demo-send']),
		at(
			0.5,
			1,
			{
				id: 'demo-send',
				type: 'flowai-message',
				name: 'Send to Flow.ai',
				flowAiApi: 'demo-flowai',
				operation: 'message.sendText',
				sendAs: 'one',
				...fromMessage('threadId'),
				...fromMessage('payload', 'text'),
				...literal('originatorName', 'Visitor'),
				...literal('originatorRole', 'external', 'choice'),
			},
			shown('sent'),
		),
		at(0.5, 2, show('sent')),
		...row(
			8,
			button(NODES.resume, 'Human is done', ''),
			bot('demo-resume-bot', 'Resume the bot', 'bot.resume'),
			'resumed',
		),
		...row(
			9,
			button(NODES.readThread, 'Read the thread', ''),
			{
				id: 'demo-messages',
				type: 'flowai-message',
				name: 'Get the messages',
				flowAiApi: 'demo-flowai',
				operation: 'message.getMany',
				sendAs: 'one',
				...fromMessage('threadId'),
				...literal('answer', 'here', 'choice'),
				...literal('returnAll', 'true', 'bool'),
				...literal('simplify', 'true', 'bool'),
			},
			'messages',
		),
	];
}

/** Listens by webhook; a handover pauses the bot. */
function webhookNodes(): Node[] {
	const events = ['message', 'delivered', 'handover'];
	return [
		at(
			3,
			0,
			{
				id: 'demo-webhook',
				type: 'flowai-webhook',
				name: 'Flow.ai calls',
				path: 'demo',
				events,
				verification: 'none',
			},
			['demo-switch'],
		),
		at(
			3,
			1,
			{
				id: 'demo-switch',
				type: 'switch',
				name: 'What happened?',
				property: 'topic',
				propertyType: 'msg',
				rules: events.map((event) => ({ t: 'eq', v: event, vt: 'str' })),
				checkall: 'true',
				outputs: events.length,
			},
			shown('reply via webhook'),
			shown('delivered'),
			[...shown('handover'), 'demo-pause'],
		),
		at(2, 2, show('reply via webhook')),
		at(3, 2, show('delivered')),
		at(4, 2, show('handover')),
		at(5, 2, bot('demo-pause', 'Pause the bot', 'bot.pause'), shown('paused')),
		at(5, 3, show('paused')),
	];
}

/** Listens over the socket; the button writes as the end user of the sandbox's web chat. */
function streamNodes({ url }: Target): Node[] {
	return [
		at(
			6,
			0,
			button(NODES.writeInWebChat, 'Write in the web chat', '{"as":"user","text":"echo 4711"}', 'json'),
			['demo-web-chat'],
		),
		at(
			6,
			1,
			{
				id: 'demo-web-chat',
				type: 'http request',
				name: 'The sandbox’s web chat',
				method: 'POST',
				ret: 'obj',
				url: `${url}/sandbox/api/threads/${THREADS.web}/messages`,
			},
			[],
		),
		at(
			7,
			0,
			{
				id: 'demo-stream',
				type: 'flowai-stream',
				name: 'Web chat, live',
				flowAiSocketApi: 'demo-flowai-socket',
				threadId: THREADS.web,
				events: ['message'],
			},
			shown('reply via socket'),
		),
		at(7, 2, show('reply via socket')),
	];
}

/** Reads the two other services. */
function readingNodes(): Node[] {
	return [
		...row(
			10,
			button(NODES.listConversations, 'List conversations', ''),
			{
				id: 'demo-conversations',
				type: 'flowxo-conversation',
				name: 'Flow XO: all of them',
				flowXoApi: 'demo-flowxo',
				operation: 'conversation.getMany',
				sendAs: 'one',
				...literal('returnAll', 'true', 'bool'),
				...literal('simplify', 'true', 'bool'),
			},
			'conversations',
		),
		...row(
			11,
			button(NODES.countConversations, 'Count by channel', ''),
			{
				id: 'demo-analytics',
				type: 'chatlayer-analytics',
				name: 'Chatlayer: by channel',
				chatlayerApi: 'demo-chatlayer',
				operation: 'analytics.getConversations',
				sendAs: 'one',
				...literal('botId', 'k3v9x2ab'),
				...literal('version', 'LIVE', 'choice'),
				...literal('startTime', '2026-03-01T00:00:00Z'),
				...literal('endTime', '2026-03-04T00:00:00Z'),
				...literal('bucket', '1d', 'choice'),
				...literal('output', 'rows', 'choice'),
				...literal('groupBy', 'channel_type', 'choice'),
			},
			'analytics',
		),
	];
}

/** The ready flow: send, listen, hand over, resume, read, list, count. */
export function demoFlow(target: Target): Node[] {
	return [
		{
			id: TAB,
			type: 'tab',
			label: 'Convoflow demo',
			info: 'Press the buttons on the left, watch the debug sidebar.',
		},
		...configNodes(target),
		...restNodes(),
		...webhookNodes(),
		...streamNodes(target),
		...readingNodes(),
		at(
			12,
			0,
			{ id: 'demo-catch', type: 'catch', name: 'When something is wrong', scope: null, uncaught: false },
			['demo-show-error'],
		),
		at(12, 1, { ...show('error'), complete: 'error' }),
	];
}
