import { formFields, migrated, olderThan, runOptions, type FieldMap, type Operation } from '@convoflow/kit';
import type { IDataObject } from 'n8n-workflow';

/** Name of the collection that holds optional fields. */
export const ADDITIONAL_FIELDS = 'additionalFields';

/** Name of the collection that holds how an operation is run. */
export const OPTIONS = 'options';

/** Name under which n8n keeps the rows of a list. */
export const ROWS = 'rows';

/** Reads a parameter by name; one that is hidden is null. */
export type ReadParameter = (name: string) => unknown;

function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as the kit reads it: what n8n wraps around locators and lists is taken off. */
function unwrapped(value: unknown): unknown {
	if (!isRecord(value)) return value;
	if (value['__rl'] === true) return value['value'];
	return Array.isArray(value[ROWS]) ? value[ROWS] : value;
}

/** The parameters of a form by field name, the optional ones among them. */
export function readParameters(
	fields: FieldMap,
	optional: FieldMap,
	read: ReadParameter,
): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const name of Object.keys(fields)) values[name] = unwrapped(read(name));
	return { ...values, ...collected(ADDITIONAL_FIELDS, optional, read) };
}

/** The members of a collection; none where it has no fields or is hidden. */
function collected(name: string, fields: FieldMap, read: ReadParameter): Record<string, unknown> {
	const names = Object.keys(fields);
	const collection = names.length > 0 ? read(name) : undefined;
	if (!isRecord(collection)) return {};
	return Object.fromEntries(names.map((one) => [one, unwrapped(collection[one])]));
}

/**
 * The parameters of an operation by field name, those of an older form as today's.
 * @param version of the node, as the workflow was saved with
 */
export function operationParameters(
	operation: Operation,
	version: number,
	read: ReadParameter,
): Record<string, unknown> {
	const { older = [], optional } = operation;
	const before = Object.assign({}, ...olderThan(older, version).map(({ fields }) => fields)) as FieldMap;
	const values = {
		...readParameters({ ...formFields(operation), ...before }, optional, read),
		...collected(OPTIONS, runOptions(operation), read),
	};
	return { ...migrated(older, version, values) };
}
