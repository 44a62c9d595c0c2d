import {
	isSubscribed,
	subscribe,
	unsubscribe,
	type ChatlayerClient,
	type WantedSubscriptions,
} from '@convoflow/client';
import { chatlayerApi } from '@convoflow/credentials';
import { chatlayerTrigger, pushSettings } from '@convoflow/nodes';
import type { IHookFunctions } from 'n8n-workflow';
import { connectCredential } from '../credential';
import { toNodeError } from '../node-error';
import { readSettings } from './settings';
import { KEPT, keptOf, pushAddress } from './subscription-address';

type Hook = (client: ChatlayerClient, wanted: WantedSubscriptions) => Promise<boolean>;

/** Runs a step of the trigger's life with the service. @throws NodeApiError or NodeOperationError */
async function withService(context: IHookFunctions, hook: Hook): Promise<boolean> {
	try {
		const { wanted } = pushSettings(readSettings(context, chatlayerTrigger));
		const address = await pushAddress(context);
		const { client } = await connectCredential(context, chatlayerApi);
		return await hook(client as ChatlayerClient, { ...wanted, ...address });
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** Asks Chatlayer whether the subscriptions of the trigger are there and alive: at each start of n8n, too. */
export async function findSubscriptions(context: IHookFunctions): Promise<boolean> {
	return await withService(context, async (client, wanted) => isSubscribed(client, wanted, keptOf(context)));
}

/** Subscribes the trigger. n8n answers its address by then, so the challenge may come. */
export async function createSubscriptions(context: IHookFunctions): Promise<boolean> {
	return await withService(context, async (client, wanted) => {
		const kept = await subscribe(client, wanted, keptOf(context));
		context.getWorkflowStaticData('node')[KEPT] = { ...kept, ids: [...kept.ids] };
		return true;
	});
}

/**
 * Ends the subscriptions of the trigger. Where Chatlayer cannot end them now, that is put on the log and does not
 * keep the workflow from being unpublished: they are ended when it is published again.
 */
export async function deleteSubscriptions(context: IHookFunctions): Promise<boolean> {
	try {
		return await withService(context, async (client, wanted) => {
			await unsubscribe(client, keptOf(context) ?? { botId: wanted.botId, ids: [] }, wanted.address);
			delete context.getWorkflowStaticData('node')[KEPT];
			return true;
		});
	} catch (error) {
		const { message } = toNodeError(context.getNode(), error);
		context.logger.warn(
			`The subscription of "${context.getNode().name}" could not be ended: ${message}. Chatlayer goes on calling until it gives up. Publish the workflow once more and unpublish it, or end it with the operation Subscription, Delete.`,
		);
		return true;
	}
}
