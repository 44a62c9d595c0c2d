import { toConvoflowError } from '@convoflow/client';
import { botId } from '../fields';
import { operation } from '../operation';

/** Ends a subscription. Chatlayer reference §4.6, DeleteSubscription. */
export const remove = operation({
	name: 'delete',
	displayName: 'Delete',
	action: 'Delete subscription',
	description: 'Stop calling an address; a subscription that is gone already counts as deleted',
	keywords: ['remove', 'unsubscribe', 'webhook'],
	effect: 'idempotent',
	returns: 'one',
	fields: {
		botId,
		subscriptionId: {
			kind: 'string',
			label: 'Subscription ID',
			description: 'The subscription to end',
			placeholder: 'e.g. sub-1',
			required: true,
			from: 'payload',
		},
	},
	run: async (client, input, { signal }) => {
		try {
			await client.subscriptions.remove({ ...input, signal });
		} catch (error) {
			// What is not there needs no deleting (Chatlayer reference §9, rule 7).
			const { status } = toConvoflowError(error);
			if (status !== 404) throw toConvoflowError(error);
		}
		return { deleted: true, subscriptionId: input.subscriptionId };
	},
	summary: (_rows, { subscriptionId }) => `Deleted ${subscriptionId}`,
	examples: [{ name: 'By ID', input: { botId: 'k3v9x2ab', subscriptionId: 'sub-1' } }],
});
