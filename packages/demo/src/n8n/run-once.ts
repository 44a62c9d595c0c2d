import type { Sandbox } from '@convoflow/sandbox';
import { runSteps, type Step } from '../steps';
import type { N8nApi } from './api';
import type { WorkflowIds } from './demo';
import type { Execution, Item } from './execution';
import { NODES, NUMBER } from './workflows';
import { THREADS } from '../visitors';

const text = ({ json }: Item, name: string): string => {
	const value = json[name];
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** What a person reads in the editor when a run has failed. */
function reasonOf({ error, status }: Execution): string {
	const { message = `the run ended as ${status}`, description, nodeName } = error ?? {};
	const sentence = `${nodeName ? `${nodeName}: ` : ''}${message}`.replace(/[^.!?]$/, '$&.');
	return description ? `${sentence} ${description}` : sentence;
}

/** Does the demo's ten steps through executions of n8n, each seen where a person would see it: in an execution. */
export async function runOnce(
	api: N8nApi,
	sandbox: Sandbox,
	ids: WorkflowIds,
	print: (line: string) => void,
): Promise<void> {
	/** Presses a workflow's button and resolves with the items of a node. */
	const pressed = async (workflow: keyof WorkflowIds, node: string, signal: AbortSignal): Promise<Item[]> => {
		const execution = await api.runToEnd(ids[workflow], NODES.button, signal);
		if (execution.status !== 'success') throw new Error(reasonOf(execution));
		const items = execution.items(node);
		if (items.length === 0) throw new Error(`${node} brought no items`);
		return items;
	};
	/** Waits for a run of the active workflow that began with an event, and gives that event. */
	const heard = async (
		trigger: string,
		isIt: (event: Item) => boolean,
		signal: AbortSignal,
	): Promise<{ event: Item; execution: Execution }> => {
		const find = (one: Execution): Item | undefined => one.items(trigger).find(isIt);
		const execution = await api.executionWhere(ids.react, (one) => find(one) !== undefined, signal);
		const event = find(execution);
		if (execution.status !== 'success' || !event) throw new Error(reasonOf(execution));
		return { event, execution };
	};
	const isEvent =
		(name: string) =>
		(event: Item): boolean =>
			event.json['event'] === name;
	const counted =
		(workflow: keyof WorkflowIds, node: string, what: string): Step =>
		async (signal) =>
			`${(await pressed(workflow, node, signal)).length} ${what}`;

	let traceId = '';
	let handover: Execution | undefined;
	await runSteps(
		{
			sent: async (signal) => {
				traceId =
					(await pressed('sayHello', NODES.send, signal)).map((item) => text(item, 'traceId'))[0] ?? '';
				return `trace ${traceId}`;
			},
			delivered: async (signal) => {
				const isOurs = (event: Item): boolean =>
					isEvent('delivered')(event) && text(event, 'traceId') === traceId;
				const { execution } = await heard(NODES.calls, isOurs, signal);
				return `trace ${traceId}, execution ${execution.id}`;
			},
			'reply via webhook': async (signal) => {
				const isReply = (event: Item): boolean =>
					isEvent('message')(event) && text(event, 'text').includes(NUMBER);
				const { event, execution } = await heard(NODES.calls, isReply, signal);
				return `“${text(event, 'text')}”, execution ${execution.id}`;
			},
			'reply via socket': async (signal) => {
				await sandbox.world.sendAsUser(THREADS.web, `My booking number on the web is ${NUMBER}`);
				const isReply = (event: Item): boolean => text(event, 'text').includes(NUMBER);
				const { event, execution } = await heard(NODES.live, isReply, signal);
				return `“${text(event, 'text')}”, execution ${execution.id}`;
			},
			handover: async (signal) => {
				await pressed('askForHuman', NODES.send, signal);
				const { event, execution } = await heard(NODES.calls, isEvent('handover'), signal);
				handover = execution;
				return `thread ${text(event, 'threadId')}, execution ${execution.id}`;
			},
			paused: async () => {
				const [item] = handover?.items(NODES.pause) ?? [];
				if (!item) throw new Error('the workflow did not pause the bot after the handover');
				if (sandbox.world.thread(THREADS.rest)?.paused !== true) throw new Error('the bot is not paused');
				return await Promise.resolve(`thread ${THREADS.rest}`);
			},
			resumed: async (signal) => {
				await pressed('resume', NODES.resume, signal);
				const { event } = await heard(NODES.calls, isEvent('resumed'), signal);
				return `thread ${text(event, 'threadId')}`;
			},
			messages: counted('messages', NODES.messages, 'messages'),
			conversations: counted('conversations', NODES.conversations, 'conversations'),
			analytics: counted('analytics', NODES.analytics, 'rows'),
		},
		print,
	);
}
