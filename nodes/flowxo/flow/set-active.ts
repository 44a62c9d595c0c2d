import type { LocatorField } from '@convoflow/kit';
import { operation } from '../operation';
import { searchFlows } from '../searches';

/** The flow an operation works on. */
const flowId = {
	kind: 'locator',
	thing: 'flow',
	label: 'Flow',
	description: 'The flow to work on: its ID as listed',
	placeholder: 'e.g. 64c0ffee1234567890abcde1',
	modes: ['id'],
	search: searchFlows,
	required: true,
	from: 'flowId',
} as const satisfies LocatorField;

/** Switches a flow on or off. Flow XO reference §6; the path is [inferred]. */
export const setActive = operation({
	name: 'setActive',
	displayName: 'Switch On or Off',
	action: 'Switch flow on or off',
	description: 'Switch a flow on or off',
	keywords: ['enable', 'disable', 'activate', 'deactivate', 'pause'],
	effect: 'idempotent',
	returns: 'one',
	fields: {
		flowId,
		active: {
			kind: 'boolean',
			label: 'Active',
			description: 'Whether the flow is to be on',
			default: true,
		},
	},
	run: async (client, input, { signal }) => {
		const id = input.flowId.trim();
		const reply = await client.account.setFlowActive(id, input.active, { signal });
		return { status: 'ok', flowId: id, active: input.active, reply };
	},
	errors: {
		FLOWXO_NOT_FOUND: {
			code: 'FLOWXO_FLOW_NOT_FOUND',
			message: 'Flow XO does not know this flow',
			advice: 'Check the field "Flow": choose it from the list. Check the base URL in the credential too.',
		},
	},
	summary: (_rows, { active }) => (active ? 'Switched on' : 'Switched off'),
	examples: [
		{ name: 'Off', input: { flowId: '64c0ffee1234567890abcde2', active: false } },
		{ name: 'On', input: { flowId: '64c0ffee1234567890abcde2', active: true } },
	],
});
