import type { FieldMap } from '@convoflow/kit';
import type { TriggerNode } from './nodes';
import { intervalField } from './poll';
import { addressOf, publicUrlField } from './webhook';

/** The fields of a trigger's form that are Node-RED's own and stand before those of its definition. */
export function leadingFields({ trigger }: TriggerNode): FieldMap {
	if (trigger.poll) return intervalField;
	if (trigger.subscribes) return publicUrlField;
	return addressOf(trigger)?.fields ?? {};
}
