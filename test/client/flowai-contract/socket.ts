import { beside, endpoint, WORKFLOW } from './expected';
import type { Contracts } from '../contract/recorder';

const THREAD = '58ca9e327348ed3bd1439e7b';
const FILE = { name: 'menu.txt', mimeType: 'text/plain', content: Buffer.from('Soup') };
const ECHO = {
	threadId: THREAD,
	attachment: { type: 'file', payload: { url: 'https://cdn.example.com/x' } },
};

/** The operations of the resource Socket. */
export const socket: Contracts = {
	'socket.sendText': [
		{
			from: '001, Socket API, Sending Messages, its first sample',
			input: { threadId: THREAD, text: 'Hi there!', traceId: 1519091841664 },
			wire: [endpoint(THREAD)],
			frames: [
				{
					type: 'message.send',
					payload: {
						threadId: THREAD,
						traceId: 1519091841664,
						speech: 'Hi there!',
						originator: WORKFLOW,
					},
				},
			],
		},
		{
			from: '001, Socket API, Originator, Profile, Metadata and Params object',
			input: {
				threadId: THREAD,
				text: 'I want to book a flight',
				originatorName: 'John Doe',
				profile: { fullName: 'John Doe', timezone: -5 },
				metadata: { preference: 'A,B,G' },
				language: 'en-US',
				timezone: -6,
				paramValues: [{ name: 'seats', value: 'Business class' }],
				traceId: 0,
			},
			wire: [endpoint(THREAD)],
			frames: [
				{
					type: 'message.send',
					payload: {
						threadId: THREAD,
						traceId: 0,
						speech: 'I want to book a flight',
						originator: {
							name: 'John Doe',
							role: 'external',
							profile: { fullName: 'John Doe', timezone: -5 },
							metadata: { preference: 'A,B,G' },
						},
						metadata: {
							language: 'en-US',
							timezone: -6,
							params: { seats: [{ value: 'Business class' }] },
						},
					},
				},
			],
		},
		{
			from: '001, Socket API, Sending Messages; a text of more than 255 characters in parts, in order',
			input: {
				threadId: THREAD,
				longText: 'split',
				text: `${'a'.repeat(250)}. ${'b'.repeat(9)}`,
				traceId: 7,
			},
			wire: [endpoint(THREAD)],
			frames: [`${'a'.repeat(250)}.`, 'b'.repeat(9)].map((speech, index) => ({
				type: 'message.send',
				payload: { threadId: THREAD, traceId: 7 + index, speech, originator: WORKFLOW },
			})),
		},
	],
	'socket.sendEvent': [
		{
			from: '001, Socket API, Attachment, its sample',
			input: { threadId: THREAD, eventName: 'INTRO', traceId: 1519091841665 },
			wire: [endpoint(THREAD)],
			frames: [
				{
					type: 'message.send',
					payload: {
						threadId: THREAD,
						traceId: 1519091841665,
						speech: 'event attachment',
						originator: WORKFLOW,
						attachment: { type: 'event', payload: { name: 'INTRO' } },
					},
				},
			],
		},
	],
	'socket.sendAndWait': [
		{
			from: '001, Socket API, Sending and Receiving Messages',
			input: { threadId: THREAD, text: 'hi', quietSeconds: 0.1, timeoutSeconds: 5, traceId: 1 },
			answers: [{ status: 'ok', payload: [] }],
			said: [
				{
					threadId: THREAD,
					originator: { name: 'Bot', role: 'bot' },
					messages: [{ fallback: 'Hello', responses: [{ type: 'text', payload: { text: 'Hello' } }] }],
				},
			],
			// What was missed is read from the history once there is someone who listens.
			wire: [endpoint(THREAD), beside('GET', `/thread.history?threadId=${THREAD}`, THREAD)],
			frames: [
				{
					type: 'message.send',
					payload: { threadId: THREAD, traceId: 1, speech: 'hi', originator: WORKFLOW },
				},
			],
		},
	],
	'socket.uploadFile': [
		{
			from: 'Flow.ai reference §5.4, thread.upload: multipart with file and payload',
			input: { threadId: THREAD, file: FILE, speech: 'My receipt', language: 'en', traceId: 7 },
			answers: [{ status: 'ok', payload: ECHO }],
			wire: [
				endpoint(THREAD),
				beside('POST', '/thread.upload', THREAD, {
					headers: { 'content-type': 'multipart/form-data; boundary=BOUNDARY' },
					body: [
						'--BOUNDARY',
						'Content-Disposition: form-data; name="payload"',
						'',
						'{"traceId":7,"speech":"My receipt","originator":{"name":"Workflow","role":"external"},' +
							`"metadata":{"language":"en"},"threadId":"${THREAD}","clientId":"YOUR_CLIENT_ID","sessionId":"UUID"}`,
						'--BOUNDARY',
						'Content-Disposition: form-data; name="file"; filename="menu.txt"',
						'Content-Type: text/plain',
						'',
						'Soup',
						'--BOUNDARY--',
						'',
					].join('\r\n'),
				}),
			],
		},
	],
	'socket.showTyping': [
		{
			from: 'Flow.ai reference §5.3, activity.user.typing',
			input: { threadId: THREAD },
			wire: [endpoint(THREAD)],
			frames: [
				{
					type: 'activity.user.typing',
					payload: { clientId: 'YOUR_CLIENT_ID', threadId: THREAD, originator: WORKFLOW },
				},
			],
		},
	],
	'socket.markNoticed': [
		{
			from: 'Flow.ai reference §5.3, thread.noticed',
			input: { threadId: THREAD },
			wire: [endpoint(THREAD)],
			frames: [{ type: 'thread.noticed', payload: { threadId: THREAD } }],
		},
	],
	'socket.checkUnnoticed': [
		{
			from: 'Flow.ai reference §5.4, thread.unnoticed',
			input: { threadId: THREAD },
			answers: [{ status: 'ok', payload: { unnoticed: true } }],
			wire: [beside('GET', `/thread.unnoticed?threadId=${THREAD}`, THREAD)],
		},
	],
};
