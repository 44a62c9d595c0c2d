import {
	invalidInput,
	pushSecrets,
	readKept,
	type JsonValue,
	type KeptSubscriptions,
	type PushSecrets,
} from '@convoflow/client';
import { chatlayerApi } from '@convoflow/credentials';
import { prepareSigning } from '@convoflow/kit';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { withCredential } from '../credential';

type Context = IHookFunctions | IWebhookFunctions;

/** Where static data keeps what was subscribed. */
export const KEPT = 'subscriptions';

/** What was subscribed for a trigger. */
export function keptOf(context: Context): KeptSubscriptions | undefined {
	return readKept(context.getWorkflowStaticData('node')[KEPT] as JsonValue | undefined);
}

/**
 * The address of a trigger and the secrets that belong to it: every process works out the same ones.
 * @throws CONVOFLOW_INVALID_INPUT for an address that Chatlayer would not call
 */
export async function pushAddress(context: Context): Promise<{ address: string; secrets: PushSecrets }> {
	const address = context.getNodeWebhookUrl('default') ?? '';
	const { signed, base } = await withCredential(context, chatlayerApi, (values) => ({
		signed: prepareSigning(chatlayerApi, values).signature.headers?.['authorization'] ?? '',
		base: chatlayerApi.baseUrl(values),
	}));
	if (address.startsWith('http:') && base.startsWith('https:')) {
		const rule = `begins with http:, and Chatlayer calls public addresses over HTTPS only (${new URL(address).origin})`;
		throw invalidInput('address', 'The webhook URL of this n8n', rule).restated({
			advice:
				'Set the environment variable WEBHOOK_URL to the public address of n8n, or use the Chatlayer Polling Trigger, which needs none. Nothing was sent.',
		});
	}
	return { address, secrets: await pushSecrets(signed, address) };
}
