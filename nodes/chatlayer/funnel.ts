import {
	invalidInput,
	numberOf,
	objectsIn,
	type FunnelQuery,
	type FunnelStep,
	type JsonObject,
	type JsonValue,
} from '@convoflow/client';
import type { FieldMap } from '@convoflow/kit';
import { botRange } from './bot-series';
import { listOutput } from './fields';
import { row } from './operation';
import { asRange, readPeriod, type PeriodInput } from './period';

/** Conditions on an attribute; operators and types are not published (Chatlayer reference §4.7). */
const CONDITIONS =
	'as a JSON list: [{"key": "currency", "operator": "equals", "type": "string", "value": ["EUR"]}]';

/**
 * Form of a funnel. Whether an event goes by its name or its ID, and at which number the order begins, is not
 * published (Chatlayer reference §4.7, [inferred]): names are free, and the order can be given.
 */
export const funnelFields = {
	...botRange,
	steps: {
		kind: 'list',
		item: 'Step',
		label: 'Steps',
		description: 'What people should do, in this order',
		required: true,
		fields: {
			eventId: {
				kind: 'string',
				label: 'Name or ID',
				description: 'The event or dialog of this step',
				placeholder: 'e.g. cart_opened',
				required: true,
			},
			order: {
				kind: 'number',
				label: 'Order',
				description: 'Number of the step; its place in the list, from 1, when empty',
				placeholder: 'e.g. 1',
				integer: true,
			},
			properties: {
				kind: 'json',
				shape: 'array',
				label: 'Conditions',
				description: `Conditions on the attributes of this step, ${CONDITIONS}`,
			},
		},
	},
	output: listOutput,
} as const satisfies FieldMap;

/** What narrows a funnel. */
export const funnelOptional = {
	breakdownProperty: {
		kind: 'string',
		label: 'Breakdown Property',
		description: 'Count apart by this property',
		placeholder: 'e.g. language',
	},
	orderType: {
		kind: 'options',
		label: 'Order Type',
		description: 'How closely the steps must follow one another',
		options: [
			{ value: 'sequential', label: 'Sequential', description: 'Other things may happen between' },
			{ value: 'strict', label: 'Strict', description: 'Nothing may happen between' },
		],
		open: true,
	},
	properties: {
		kind: 'json',
		shape: 'array',
		label: 'Conditions',
		description: `Conditions on every step, ${CONDITIONS}`,
	},
} as const satisfies FieldMap;

interface FunnelInput extends PeriodInput {
	readonly botId: string;
	readonly version: string;
	readonly steps: readonly {
		readonly eventId: string;
		readonly order?: number;
		readonly properties?: JsonValue[];
	}[];
	readonly breakdownProperty?: string;
	readonly orderType?: string;
	readonly properties?: JsonValue[];
}

/** A funnel as the client takes it. @throws CONVOFLOW_INVALID_INPUT (steps) when there is none */
export function funnelQuery(input: FunnelInput, nowMs: number, signal: AbortSignal): FunnelQuery {
	if (input.steps.length === 0) throw invalidInput('steps', 'Steps', 'is empty');
	return {
		botId: input.botId,
		version: input.version,
		...asRange(readPeriod(input, nowMs)),
		steps: input.steps.map(({ eventId, order, properties }, index): FunnelStep => ({
			order: order ?? index + 1,
			event_id: eventId,
			...(properties ? { properties } : {}),
		})),
		breakdownProperty: input.breakdownProperty,
		orderType: input.orderType,
		properties: input.properties,
		signal,
	};
}

/** One row a step and cohort, with its share of the cohort's first step in percent; null where that is 0. */
export function funnelRows(answer: JsonObject): JsonObject[] {
	return objectsIn(answer['result']).flatMap((cohort) => {
		const steps = objectsIn(cohort['values']);
		const first = numberOf(steps[0]?.['count']);
		return steps.map((step) => {
			const count = numberOf(step['count']);
			return row(step, {
				breakdown: 'breakdown_value',
				order: ({ order }) => numberOf(order),
				step: 'event_id',
				count: () => count,
				sharePercent: () => (count === undefined || !first ? null : Math.round((count / first) * 1_000) / 10),
			});
		});
	});
}
