import { readFields, type Trigger } from '@convoflow/kit';
import type { IHookFunctions, IPollFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { readParameters } from '../parameters';

/** Where a trigger's parameters are read. */
export type TriggerContext = IHookFunctions | IPollFunctions | ITriggerFunctions | IWebhookFunctions;

/**
 * Reads and checks the settings of a trigger, the optional ones among them.
 * @throws CONVOFLOW_INVALID_INPUT with the name of the first field that is refused
 */
export function readSettings(context: TriggerContext, trigger: Trigger): Readonly<Record<string, unknown>> {
	const raw = readParameters(trigger.fields, trigger.optional, (name) =>
		context.getNodeParameter(name, null),
	);
	return readFields({ ...trigger.fields, ...trigger.optional }, raw, { timeZone: context.getTimezone() });
}
