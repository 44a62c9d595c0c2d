import { objectsIn } from '@convoflow/client';
import { botId, listOutput } from '../fields';
import { botErrors, counted, operation, row } from '../operation';

/** Lists the values of an attribute. Chatlayer reference §4.5, GetEventAttributeValues. */
export const getAttributeValues = operation({
	name: 'getAttributeValues',
	displayName: 'Get Attribute Values',
	action: 'Get attribute values of events',
	description: 'List the values that an attribute has had in the events of a bot',
	keywords: ['filter', 'distinct', 'autocomplete'],
	effect: 'read',
	returns: 'rows',
	fields: {
		botId,
		attributeKey: {
			kind: 'string',
			label: 'Attribute',
			description: 'Name of the attribute',
			placeholder: 'e.g. currency',
			required: true,
			from: 'payload',
		},
		output: listOutput,
	},
	optional: {
		query: {
			kind: 'string',
			label: 'Query',
			description: 'Only values that fit this text',
			placeholder: 'e.g. EU',
		},
	},
	run: async (client, { output, ...asked }, { signal }) => {
		const answer = await client.events.attributeValues({ ...asked, signal });
		if (output === 'raw') return [answer];
		return objectsIn(answer['attributes']).map((one) => row(one, { attribute: 'key', value: 'value' }));
	},
	errors: botErrors,
	summary: counted('value', 'values'),
	examples: [{ name: 'Steps', input: { botId: 'k3v9x2ab', attributeKey: 'step_name' } }],
});
