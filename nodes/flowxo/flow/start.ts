import type { FlowXoFlowClient, JsonObject, JsonValue } from '@convoflow/client';
import { operationsFor } from '@convoflow/kit';

/** Defines an operation of one flow's webhook. */
const hookOperation = operationsFor<FlowXoFlowClient>('flowxo', 'flowXoFlowApi');

/** Keys separated by commas or line ends, each once. */
function keysIn(list: string | undefined): string[] {
	const keys = (list ?? '').split(/[,\n]/).map((key) => key.trim());
	return [...new Set(keys.filter((key) => key !== ''))];
}

/**
 * Starts a flow by its webhook. A flow knows only the fields that were there when its trigger was tested (Flow
 * XO reference §8), so every key named is sent each time: null rather than absent.
 */
export const start = hookOperation({
	name: 'start',
	displayName: 'Start',
	action: 'Start flow',
	description: 'Start a flow that begins with a Webhook trigger',
	keywords: ['webhook', 'trigger', 'run', 'hook'],
	effect: 'send',
	findOut: 'Look at the interactions of the flow in Flow XO',
	returns: 'one',
	fields: {
		data: {
			kind: 'json',
			shape: 'object',
			label: 'Data',
			description: 'Fields for the flow, as JSON; run this once while the trigger waits for its test',
			placeholder: 'e.g. {"order": 7, "note": null}',
			from: 'payload',
		},
	},
	optional: {
		keys: {
			kind: 'string',
			label: 'Fields to Always Send',
			description: 'Names of fields, separated by commas; those that are missing are sent as null',
			placeholder: 'e.g. order, note',
		},
	},
	// Starts of the flow keep their order.
	lane: () => 'flow',
	run: async (client, { data = {}, keys }, { signal }) => {
		const missing = Object.fromEntries(keysIn(keys).map((key): [string, JsonValue] => [key, null]));
		const sent: JsonObject = { ...missing, ...data };
		return { status: 'ok', sent, reply: await client.start(sent, { signal }) };
	},
	errors: {
		FLOWXO_NOT_FOUND: {
			code: 'FLOWXO_FLOW_NOT_FOUND',
			message: 'No flow listens at this webhook URL',
			advice:
				'Copy the URL from the Webhook trigger of the flow into the credential, and switch the flow on.',
		},
	},
	summary: () => 'Started',
	examples: [
		{ name: 'With an order', input: { data: { order: 7, note: 'Ring twice' } } },
		{ name: 'With a field that is missing', input: { data: { order: 7 }, keys: 'order, note' } },
	],
});
