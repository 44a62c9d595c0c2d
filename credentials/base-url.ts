import type { StringField } from '@convoflow/kit';

/** The field for a service's address; the default leads to the live service. */
export function baseUrlField(address: string): StringField & { readonly default: string } {
	return {
		kind: 'string',
		label: 'Base URL',
		description: 'Address of the service, with or without a slash at the end',
		placeholder: `e.g. ${address}`,
		default: address,
	};
}
