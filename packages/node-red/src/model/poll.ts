import type { FieldMap } from '@convoflow/kit';

/** How often a polling node asks; the rest of its form is the trigger's definition. */
export const intervalField = {
	interval: {
		kind: 'number',
		label: 'Check Every (Seconds)',
		description: 'Seconds from one check to the next; 0 checks only when a message comes in',
		hint: 'Seconds; 0 checks only when a message comes in',
		default: 60,
		integer: true,
		min: 0,
		max: 86_400,
	},
} as const satisfies FieldMap;
