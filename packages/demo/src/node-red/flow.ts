import { THREADS } from '../visitors';
import { NODES, type Target } from './flow-ids';
import {
	at,
	bot,
	button,
	configNodes,
	fromMessage,
	literal,
	row,
	show,
	shown,
	TAB,
	type Node,
} from './flow-parts';

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
		at(8, 0, button(NODES.resume, 'Human is done', ''), ['demo-resume-bot']),
		at(8, 1, bot('demo-resume-bot', 'Resume the bot', 'bot.resume'), ['demo-is-active']),
		at(8, 2, bot('demo-is-active', 'Is it active again?', 'bot.getStatus'), shown('resumed')),
		at(8, 3, show('resumed')),
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
		at(5, 2, bot('demo-pause', 'Pause the bot', 'bot.pause'), ['demo-is-paused']),
		at(5, 3, bot('demo-is-paused', 'Is it paused?', 'bot.getStatus'), shown('paused')),
		at(5, 4, show('paused')),
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
				version: 2,
				operation: 'analytics.getConversations',
				sendAs: 'one',
				...literal('botId', 'k3v9x2ab'),
				...literal('versionValue', 'LIVE', 'choice'),
				...literal('period', 'custom', 'choice'),
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
