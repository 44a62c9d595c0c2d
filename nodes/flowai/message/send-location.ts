import { defined } from '@convoflow/client';
import { restOperation, threadId } from '../operation';
import { checkedPlace, coordinates, title } from './content';
import { envelope, originatorFields, sendErrors, sendOptions } from './sending';

/** Sends a place into a thread. 001, REST API, Location message. */
export const sendLocation = restOperation({
	name: 'sendLocation',
	displayName: 'Send Location',
	action: 'Send location message',
	description: 'Send a place into a thread by its latitude and longitude',
	keywords: ['map', 'place', 'coordinates', 'gps'],
	effect: 'send',
	findOut: 'Look for it in the messages of the thread',
	returns: 'one',
	fields: { threadId, ...coordinates, ...originatorFields },
	optional: { ...sendOptions, title },
	lane: ({ threadId: thread }) => thread,
	run: async (client, input, context) => {
		const place = checkedPlace(input);
		const message = envelope(input, context);
		const { status } = await client.sendLocation({
			threadId: input.threadId,
			...place,
			title: input.title,
			...message,
		});
		return defined({ status, threadId: input.threadId, traceId: message.traceId });
	},
	errors: sendErrors,
	summary: (_rows, input) => `Location sent to ${input.threadId}`,
	examples: [
		{
			name: 'Where the user is',
			input: { threadId: 't-100', latitude: '59.3293', longitude: '18.0686', traceId: 90210 },
		},
		{
			name: 'A place with a title',
			input: {
				threadId: 't-100|w_c51f0e2a',
				latitude: '-33.8568',
				longitude: '151.2153',
				title: 'Opera House',
				originatorName: 'Mara Lind',
				traceId: 90211,
			},
		},
	],
});
