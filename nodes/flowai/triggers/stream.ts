import type { Trigger } from '@convoflow/kit';

/** The threads that a user named: several are separated by commas or lines, each counts once. */
export function listedThreads(threads: unknown): string[] {
	const text = typeof threads === 'string' ? threads : '';
	return [...new Set(text.split(/[,\n]/).map((one) => one.trim()))].filter((one) => one !== '');
}

/** Starts when something happens in a thread of a web channel, over a lasting socket. 001, Socket API. */
export const streamTrigger = {
	name: 'stream',
	displayName: 'Flow.ai Stream Trigger',
	description: 'Starts in real time when something happens in a thread of a Flow.ai web channel',
	nodeRedType: 'flowai-stream',
	credential: 'flowAiSocketApi',
	fields: {
		threadId: {
			kind: 'string',
			label: 'Thread',
			description: 'The thread to listen to, or several, separated by commas',
			placeholder: 'e.g. 58ca9e327348ed3bd1439e7b',
			required: true,
		},
		events: {
			kind: 'multiOptions',
			label: 'Events',
			description: 'What to listen to; messages that were missed while the stream was down are recovered',
			options: [
				{
					value: 'connection',
					label: 'Connection Changed',
					description: 'The stream was connected or lost',
				},
				{
					value: 'gap',
					label: 'Gap',
					description: 'Messages may be missing that could not be recovered',
				},
				{ value: 'delivered', label: 'Message Delivered' },
				{ value: 'message', label: 'Message Received' },
				{ value: 'other', label: 'Other', description: 'Anything that is not known yet' },
				{
					value: 'error',
					label: 'Stream Error',
					description: 'Flow.ai could not read something that was sent',
				},
				{ value: 'typing', label: 'Typing' },
			],
			default: ['message', 'gap'],
			required: true,
		},
	},
	optional: {},
	sample: {
		event: 'message',
		eventName: 'message.received',
		eventKey: 'message:m-72',
		threadId: 't-100',
		text: 'Which day?',
		role: 'bot',
		name: 'Hostess',
		silent: false,
		quickReplies: [{ label: 'Today', value: 'today', type: 'text' }],
		attachments: [],
		recovered: false,
		body: { type: 'message.received', payload: { threadId: 't-100', messages: [] } },
	},
	moreSamples: [
		{ event: 'delivered', eventName: 'message.delivered', threadId: 't-100', traceId: 90210 },
		{
			event: 'gap',
			threadId: 't-100',
			from: '2020-05-01T10:00:00.000Z',
			to: '2020-05-01T10:00:08.000Z',
			text: 'Messages between 2020-05-01T10:00:00.000Z and 2020-05-01T10:00:08.000Z may be missing',
		},
		{
			event: 'connection',
			threadId: 't-100',
			state: 'waiting',
			text: 'the socket was closed',
			retryInMs: 1000,
		},
	],
} as const satisfies Trigger;
