import type { StringField } from '@convoflow/kit';

/** The step that an operation works on. */
export const stepId = {
	kind: 'string',
	label: 'Step ID',
	description: 'The step: the ID of a dialog state, as Get Steps lists it',
	placeholder: 'e.g. start',
	required: true,
	from: 'stepId',
} as const satisfies StringField;
