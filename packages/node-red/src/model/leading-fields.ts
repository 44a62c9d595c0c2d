import type { FieldMap } from '@convoflow/kit';
import type { TriggerNode } from './nodes';
import { intervalField } from './poll';
import { addressOf } from './webhook';

/** The fields of a trigger's form that are Node-RED's own and stand before those of its definition. */
export function leadingFields({ trigger }: TriggerNode): FieldMap {
	if (trigger.poll) return intervalField;
	return addressOf(trigger)?.fields ?? {};
}
