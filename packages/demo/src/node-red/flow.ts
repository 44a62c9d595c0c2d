import type { Sandbox } from '@convoflow/sandbox';

/** What the flow reaches. */
export type Target = Pick<Sandbox, 'baseUrls' | 'keys'>;

/** Thread of the REST channel that the demo writes into, and the thread of the web chat that it listens to. */
export const THREADS = { rest: 'demo-visitor', web: 'demo-web-visitor' } as const;

/** Ids of the nodes that the demo presses or watches. */
export const NODES = {
	sayHello: 'demo-say-hello',
	askForHuman: 'demo-ask-for-human',
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

function button(id: string, name: string, payload: string, threadId: string = THREADS.rest): Node {
	return {
		id,
		type: 'inject',
		name,
		props: [{ p: 'payload' }, { p: 'threadId', v: threadId, vt: 'str' }],
		payload,
		payloadType: 'str',
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

/** The ready flow: send, listen, hand over, resume, read, list, count. */
export function demoFlow(target: Target): Node[] {
	const events = ['message', 'delivered', 'handover', 'paused', 'resumed'];
	return [
		{
			id: TAB,
			type: 'tab',
			label: 'Convoflow demo',
			info: 'Press the buttons on the left, watch the debug sidebar.',
		},
		...configNodes(target),
		at(0, 0, button(NODES.sayHello, 'Send a message', 'echo 4711'), ['demo-send']),
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
				property: 'payload.event',
				propertyType: 'msg',
				rules: events.map((event) => ({ t: 'eq', v: event, vt: 'str' })),
				checkall: 'true',
				outputs: events.length,
			},
			shown('reply via webhook'),
			shown('delivered'),
			[...shown('handover'), 'demo-pause'],
			shown('paused event'),
			shown('resumed event'),
		),
		at(2, 2, show('reply via webhook')),
		at(3, 2, show('delivered')),
		at(4, 2, show('handover')),
		at(5, 2, bot('demo-pause', 'Pause the bot', 'bot.pause'), shown('paused')),
		at(5, 3, show('paused')),
		at(2, 3, show('paused event')),
		at(3, 3, show('resumed event')),
		at(
			6,
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
		at(6, 2, show('reply via socket')),
		at(7, 0, button(NODES.resume, 'Human is done', ''), ['demo-resume-bot']),
		at(7, 1, bot('demo-resume-bot', 'Resume the bot', 'bot.resume'), shown('resumed')),
		at(7, 2, show('resumed')),
		at(8, 0, button(NODES.readThread, 'Read the thread', ''), ['demo-messages']),
		at(
			8,
			1,
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
			shown('messages'),
		),
		at(8, 2, show('messages')),
		at(9, 0, button(NODES.listConversations, 'List conversations', ''), ['demo-conversations']),
		at(
			9,
			1,
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
			shown('conversations'),
		),
		at(9, 2, show('conversations')),
		at(10, 0, button(NODES.countConversations, 'Count by channel', ''), ['demo-analytics']),
		at(
			10,
			1,
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
			shown('analytics'),
		),
		at(10, 2, show('analytics')),
		at(
			11,
			0,
			{ id: 'demo-catch', type: 'catch', name: 'When something is wrong', scope: null, uncaught: false },
			['demo-show-error'],
		),
		at(11, 1, { ...show('error'), complete: 'error' }),
	];
}
