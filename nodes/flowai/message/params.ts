import { defined, invalidInput, isObject, type JsonObject, type JsonValue } from '@convoflow/client';
import type { FieldMap, InputOf } from '@convoflow/kit';

/** Parameters for the bot, in two ways that can be mixed. 001, Params object: each name holds a list of values. */
export const paramsFields = {
	params: {
		kind: 'json',
		shape: 'object',
		label: 'JSON Params',
		description: 'Parameters for the bot as a JSON object: each name holds a list of values',
		placeholder: 'e.g. {"seats": [{"value": "4"}]}',
	},
	paramValues: {
		kind: 'list',
		item: 'Param',
		label: 'Params',
		description:
			'Parameters for the bot, one row for each value; a name with several values has several rows',
		placeholder: 'e.g. [{"name": "seats", "value": "4", "match": "four"}]',
		fields: {
			name: {
				kind: 'string',
				label: 'Name',
				description: 'Name of the parameter, as the bot knows it',
				placeholder: 'e.g. seats',
				required: true,
			},
			value: {
				kind: 'string',
				label: 'Value',
				description: 'Value of the parameter',
				placeholder: 'e.g. 4',
				required: true,
			},
			match: {
				kind: 'string',
				label: 'Match',
				description: 'How a person would word the value',
				placeholder: 'e.g. four',
			},
		},
	},
} as const satisfies FieldMap;

/** Values of the fields above. */
export type ParamsInput = Partial<InputOf<typeof paramsFields>>;

/** Checks that each name holds a list of objects with a value. Throws CONVOFLOW_INVALID_INPUT (params). */
function checkParams(params: JsonObject): asserts params is Record<string, JsonValue[]> {
	for (const values of Object.values(params)) {
		if (Array.isArray(values) && values.every((one) => isObject(one) && one['value'] !== undefined)) continue;
		throw invalidInput(
			'params',
			paramsFields.params.label,
			'must hold a list for each name, like {"seats": [{"value": "4"}]}',
		);
	}
}

/**
 * Parameters as they travel: the values of the rows by name, then those of the JSON. Nothing given is undefined.
 * @throws CONVOFLOW_INVALID_INPUT (params) for JSON of another form
 */
export function paramsOf({ params, paramValues = [] }: ParamsInput): JsonObject | undefined {
	if (params !== undefined) checkParams(params);
	if (paramValues.length === 0) return params;
	const lists = new Map<string, JsonValue[]>();
	const add = (name: string, values: readonly JsonValue[]): void => {
		lists.set(name, [...(lists.get(name) ?? []), ...values]);
	};
	for (const { name, value, match } of paramValues) add(name.trim(), [defined({ value, match })]);
	for (const [name, values] of Object.entries(params ?? {})) add(name, values);
	return Object.fromEntries(lists);
}
