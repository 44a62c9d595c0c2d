import { invalidInput, isObject, type JsonObject } from '@convoflow/client';

/**
 * Checks parameters for the bot: each name holds a list of objects with a value (001, Params object).
 * @throws CONVOFLOW_INVALID_INPUT (params)
 */
export function checkParams(params: JsonObject | undefined): void {
	for (const values of Object.values(params ?? {})) {
		if (Array.isArray(values) && values.every((one) => isObject(one) && one['value'] !== undefined)) continue;
		throw invalidInput(
			'params',
			'Params',
			'must hold a list for each name, like {"seats": [{"value": "4"}]}',
		);
	}
}
