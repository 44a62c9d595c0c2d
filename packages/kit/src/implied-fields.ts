import type { BooleanField, FieldMap, NumberField } from './fields';
import type { Operation } from './operation';
import { runOptions } from './run-options';

// The wording is n8n's own; its linter compares the literals.
const RETURN_ALL: BooleanField = {
	kind: 'boolean',
	label: 'Return All',
	description: 'Whether to return all results or only up to a given limit',
	default: false,
};

const LIMIT: NumberField = {
	kind: 'number',
	label: 'Limit',
	description: 'Max number of results to return',
	default: 50,
	integer: true,
	min: 1,
	showWhen: { returnAll: [false] },
};

const SIMPLIFY: BooleanField = {
	kind: 'boolean',
	label: 'Simplify',
	description: 'Whether to return a simplified version of the response instead of the raw data',
	default: true,
};

/** Every field of an operation's form outside the optional ones and the options, those included that follow from what it returns. */
export function formFields(operation: Operation): FieldMap {
	return {
		...operation.fields,
		...(operation.returns === 'many' ? { returnAll: RETURN_ALL, limit: LIMIT } : {}),
		...(operation.simplify ? { simplify: SIMPLIFY } : {}),
	};
}

/** Every field of an operation: the form's, the optional ones, and the options of how it is run. */
export function allFields(operation: Operation): FieldMap {
	return { ...formFields(operation), ...operation.optional, ...runOptions(operation) };
}
