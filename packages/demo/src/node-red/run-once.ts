import { runSteps, type Step } from '../steps';
import type { DebugFeed, Shown } from './debug-feed';
import { THREADS } from '../visitors';
import { NODES } from './flow-ids';
import type { NodeRedServer } from './server';

/** The number that must come back in the bot's answers; nothing of ours counts it. */
const NUMBER = '4711';

function member(shown: Shown, name: string): string {
	const value =
		typeof shown.value === 'object' && shown.value !== null
			? (shown.value as Record<string, unknown>)[name]
			: undefined;
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
		? String(value)
		: '';
}

/** `array[45]` → `45`, as Node-RED counted it. */
function length(shown: Shown): string {
	return /^array\[(\d+)\]$/.exec(shown.format)?.[1] ?? '0';
}

/** Does the demo's ten steps through the flow, each seen where a person would see it: in the debug sidebar. */
export async function runOnce(
	server: NodeRedServer,
	feed: DebugFeed,
	print: (line: string) => void,
): Promise<void> {
	const pressed = async (button: string, name: string, signal: AbortSignal): Promise<Shown> => {
		const shown = feed.next(name, undefined, signal);
		await Promise.all([server.inject(button), shown]);
		return await shown;
	};
	const hasNumber = (shown: Shown): boolean => member(shown, 'text').includes(NUMBER);
	const counted =
		(button: string, name: string, what: string): Step =>
		async (signal) => {
			const count = length(await pressed(button, name, signal));
			if (count === '0') throw new Error(`brought no ${what}`);
			return `${count} ${what}`;
		};
	/** The bot's status as Flow.ai tells it, not what the call that changed it answered. */
	const status = async (shown: Promise<Shown>, isPaused: boolean): Promise<string> => {
		const value = member(await shown, 'isPaused');
		if (value !== String(isPaused)) throw new Error(`the bot’s status says isPaused: ${value}`);
		return `thread ${member(await shown, 'threadId')}, isPaused ${value}`;
	};
	let trace = '';
	await runSteps(
		{
			sent: async (signal) => {
				trace = member(await pressed(NODES.send, 'sent', signal), 'traceId');
				return `trace ${trace}`;
			},
			delivered: async (signal) => {
				const isOurs = (shown: Shown): boolean => member(shown, 'traceId') === trace;
				return `trace ${member(await feed.next('delivered', isOurs, signal), 'traceId')}`;
			},
			'reply via webhook': async (signal) =>
				`“${member(await feed.next('reply via webhook', hasNumber, signal), 'text')}”`,
			'reply via socket': async (signal) => {
				const reply = feed.next('reply via socket', hasNumber, signal);
				await Promise.all([server.inject(NODES.writeInWebChat), reply]);
				return `“${member(await reply, 'text')}”`;
			},
			handover: async (signal) => {
				const isOurs = (shown: Shown): boolean => member(shown, 'threadId').startsWith(THREADS.rest);
				const shown = feed.next('handover', isOurs, signal);
				await Promise.all([server.inject(NODES.askForHuman), shown]);
				return `thread ${member(await shown, 'threadId')}`;
			},
			paused: async (signal) => await status(feed.next('paused', undefined, signal), true),
			resumed: async (signal) => await status(pressed(NODES.resume, 'resumed', signal), false),
			messages: counted(NODES.readThread, 'messages', 'messages'),
			conversations: counted(NODES.listConversations, 'conversations', 'conversations'),
			analytics: counted(NODES.countConversations, 'analytics', 'rows'),
		},
		print,
	);
}
