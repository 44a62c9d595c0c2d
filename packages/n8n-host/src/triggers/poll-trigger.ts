import { ConvoflowError } from '@convoflow/client';
import type { Credential, PollContext, Trigger } from '@convoflow/kit';
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { connectCredential } from '../credential';
import { toNodeError } from '../node-error';
import { PollCursor } from './poll-cursor';
import { readSettings } from './settings';

/** Items of one run; the rest comes with the next poll. */
const MAX_ITEMS = 1_000;

/** Polls at work, by workflow and node: n8n starts the next one whether or not the last has ended. */
const atWork = new Set<string>();

/** n8n before 2.40 sets no limit for a poll. */
function budgetMs(context: IPollFunctions): number {
	const limited: { getPollBudgetMs?(): number } = context;
	return limited.getPollBudgetMs?.() ?? Infinity;
}

function itemsOf(events: readonly object[]): INodeExecutionData[][] {
	return [events.map((json) => ({ json: { ...json } }))];
}

type Check = (trigger: Trigger, credential: Credential) => Promise<INodeExecutionData[][] | null>;

/** The newest events as they are, for building a workflow; the cursor stays where it is. */
function examples(context: IPollFunctions): Check {
	return async (trigger, credential) => {
		const settings = readSettings(context, trigger);
		const { client } = await connectCredential(context, credential);
		const events = await trigger.poll?.examples(client, settings, new AbortController().signal);
		if (events && events.length > 0) return itemsOf(events);
		throw new ConvoflowError('CONVOFLOW_NO_EXAMPLE', 'Nothing there fits these settings', {
			advice: 'Write a message to one of the bots, or widen the settings, and fetch again.',
		});
	};
}

function check(context: IPollFunctions): Check {
	return async (trigger, credential) => {
		const settings = readSettings(context, trigger);
		const { client, ports } = await connectCredential(context, credential);
		const memory = new PollCursor(context);
		const endMs = Date.now() + budgetMs(context);
		const limits: PollContext = {
			signal: new AbortController().signal,
			now: () => Date.now(),
			isLate: () => Date.now() >= endMs,
			maxEvents: MAX_ITEMS,
		};
		const cursor = memory.read();
		const outcome = await trigger.poll?.check(client, settings, cursor, limits);
		if (!outcome) throw new TypeError(`${trigger.name} does not poll`);
		if (outcome.notice !== undefined) ports.log('warn', outcome.notice);
		memory.keep(outcome.cursor, cursor, outcome.events.length > 0);
		return outcome.events.length > 0 ? itemsOf(outcome.events) : null;
	};
}

/**
 * One poll of a trigger: the cursor comes from n8n's static data and goes back there once everything was read.
 * A test shows the newest events and leaves the cursor alone.
 * @returns items for one run; null when nothing is new, or while the last poll is still at work
 * @throws NodeOperationError or NodeApiError; the cursor stays then
 */
export async function pollForEvents(
	context: IPollFunctions,
	trigger: Trigger,
	credential: Credential,
): Promise<INodeExecutionData[][] | null> {
	const isTest = context.getMode() === 'manual';
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	if (!isTest && atWork.has(key)) return null;
	try {
		if (!isTest) atWork.add(key);
		return await (isTest ? examples(context) : check(context))(trigger, credential);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	} finally {
		if (!isTest) atWork.delete(key);
	}
}
