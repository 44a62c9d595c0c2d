import { randomUUID } from 'node:crypto';
import type { Workflow, WorkflowNode } from './api';
import { THREADS } from '../visitors';

/** A number that must come back in the bot's answers; nothing of ours counts it. */
export const NUMBER = '4711';

/** Names of the nodes whose output the demo reads. */
export const NODES = {
	button: 'When clicking ‘Execute workflow’',
	calls: 'Flow.ai calls',
	live: 'Web chat, live',
	pause: 'Pause the bot',
	send: 'Send to Flow.ai',
	resume: 'Resume the bot',
	messages: 'Get the messages',
	conversations: 'Flow XO: all of them',
	analytics: 'Chatlayer: by channel',
} as const;

/** Ids of the stored credentials by type. */
export type CredentialIds = Readonly<
	Record<'flowAiApi' | 'flowAiSocketApi' | 'flowXoApi' | 'chatlayerApi', string>
>;

/** What a node needs beside its place. */
export interface NodeSketch
	extends
		Pick<WorkflowNode, 'name' | 'type' | 'parameters'>,
		Partial<Pick<WorkflowNode, 'typeVersion' | 'onError' | 'webhookId'>> {
	readonly credential?: keyof CredentialIds;
}

/** The names that credentials have in the demo. */
export const CREDENTIAL_NAMES: Readonly<Record<keyof CredentialIds, string>> = {
	flowAiApi: 'Flow.ai (sandbox)',
	flowAiSocketApi: 'Flow.ai web channel (sandbox)',
	flowXoApi: 'Flow XO (sandbox)',
	chatlayerApi: 'Chatlayer (sandbox)',
};

/** The button that starts a workflow by hand. */
export const button: NodeSketch = {
	name: NODES.button,
	type: 'n8n-nodes-base.manualTrigger',
	parameters: {},
};

/** A node that starts other nodes with one item. */
export function setFields(name: string, fields: Readonly<Record<string, unknown>>): NodeSketch {
	return {
		name,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify(fields, null, 2), options: {} },
	};
}

/** A thread as the Flow.ai nodes take it. */
export const thread = (value: string): object => ({ __rl: true, mode: 'id', value });

/** An action node of Flow.ai. */
export function flowAi(
	name: string,
	resource: 'bot' | 'message',
	operation: string,
	parameters: Readonly<Record<string, unknown>>,
): NodeSketch {
	return {
		name,
		type: 'n8n-nodes-flowai.flowAi',
		parameters: { resource, operation, ...parameters },
		credential: 'flowAiApi',
	};
}

/**
 * A workflow whose chains of nodes stand below each other.
 * @param credentials ids of the stored credentials
 */
export function workflow(
	name: string,
	credentials: CredentialIds,
	...chains: readonly NodeSketch[][]
): Workflow {
	const nodes = chains.flatMap((chain, row) =>
		chain.map(({ credential, ...sketch }, column): WorkflowNode => ({
			id: randomUUID(),
			typeVersion: 1,
			position: [column * 240, row * 200],
			...sketch,
			...(credential
				? {
						credentials: {
							[credential]: { id: credentials[credential], name: CREDENTIAL_NAMES[credential] },
						},
					}
				: {}),
		})),
	);
	const wires = chains.flatMap((chain) =>
		chain
			.slice(1)
			.map(({ name: node }, index): [string, Workflow['connections'][string]] => [
				chain[index]?.name ?? '',
				{ main: [[{ node, type: 'main', index: 0 }]] },
			]),
	);
	return { name, nodes, connections: Object.fromEntries(wires), settings: { executionOrder: 'v1' } };
}

const sendText = (text: string): NodeSketch[] => [
	button,
	setFields('What to send', { threadId: THREADS.rest, text }),
	flowAi(NODES.send, 'message', 'sendText', {
		threadId: thread('={{ $json.threadId }}'),
		text: '={{ $json.text }}',
		originatorName: 'Visitor',
	}),
];

const ifHandover: NodeSketch = {
	name: 'Handover?',
	type: 'n8n-nodes-base.filter',
	typeVersion: 2.2,
	parameters: {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			conditions: [
				{
					id: randomUUID(),
					leftValue: '={{ $json.event }}',
					rightValue: 'handover',
					operator: { type: 'string', operation: 'equals', name: 'filter.operator.equals' },
				},
			],
			combinator: 'and',
		},
		options: {},
	},
};

/**
 * The workflows of the demo. `react` is the one that is active: it hears what Flow.ai tells by webhook, pauses the
 * bot when a human takes over, and listens live to a thread of the web chat. Each of the others does one thing at
 * the press of its button.
 * @param webhookId part of the address at which Flow.ai calls
 */
export function demoWorkflows(credentials: CredentialIds, webhookId: string) {
	const make = (name: string, ...chains: NodeSketch[][]): Workflow => workflow(name, credentials, ...chains);
	return {
		react: make(
			'Convoflow 1: react to Flow.ai',
			[
				{
					name: NODES.calls,
					type: 'n8n-nodes-flowai.flowAiTrigger',
					webhookId,
					parameters: { events: ['message', 'delivered', 'handover', 'paused', 'resumed'] },
				},
				ifHandover,
				flowAi(NODES.pause, 'bot', 'pause', { threadId: thread('={{ $json.threadId }}') }),
			],
			[
				{
					name: NODES.live,
					type: 'n8n-nodes-flowai.flowAiStreamTrigger',
					credential: 'flowAiSocketApi',
					parameters: { threadId: THREADS.web, events: ['message'] },
				},
				{
					name: 'Continue here',
					type: 'n8n-nodes-base.noOp',
					parameters: {},
				},
			],
		),
		sayHello: make('Convoflow 2: say hello', sendText(`My booking number is ${NUMBER}`)),
		askForHuman: make('Convoflow 3: ask for a human', sendText('I want to talk to a human')),
		resume: make('Convoflow 4: human is done', [
			button,
			flowAi(NODES.resume, 'bot', 'resume', { threadId: thread(THREADS.rest) }),
		]),
		messages: make('Convoflow 5: read the thread', [
			button,
			flowAi(NODES.messages, 'message', 'getMany', { threadId: thread(THREADS.rest), returnAll: true }),
		]),
		conversations: make('Convoflow 6: list conversations', [
			button,
			{
				name: NODES.conversations,
				type: 'n8n-nodes-flowxo.flowXo',
				credential: 'flowXoApi',
				parameters: { resource: 'conversation', operation: 'getMany', returnAll: true },
			},
		]),
		analytics: make('Convoflow 7: count conversations', [
			button,
			{
				name: NODES.analytics,
				type: 'n8n-nodes-chatlayer.chatlayer',
				credential: 'chatlayerApi',
				parameters: {
					resource: 'analytics',
					operation: 'getConversations',
					botId: { __rl: true, mode: 'id', value: 'k3v9x2ab' },
					period: 'custom',
					startTime: '2026-03-01T00:00:00Z',
					endTime: '2026-03-04T00:00:00Z',
					additionalFields: { groupBy: 'channel_type' },
				},
			},
		]),
	} as const satisfies Readonly<Record<string, Workflow>>;
}
