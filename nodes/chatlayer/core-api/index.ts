import { apiResource } from '../../api-request';

/** The core API of Chatlayer, whole: most of it is known to those only who have its documents (Chatlayer reference §10). */
export const coreApi = apiResource({
	service: 'chatlayer',
	credential: 'chatlayerCoreApi',
	name: 'coreApi',
	displayName: 'Core API',
	nodeRedType: 'chatlayer-request',
	examplePath: '/v1/bots',
	examples: [
		{
			name: 'Two conversations',
			input: {
				method: 'GET',
				path: '/v1/bots/k3v9x2ab/conversations',
				query: { version: 'LIVE', page: 1, limit: 2 },
			},
		},
		{
			name: 'What a sentence means to a bot',
			input: {
				method: 'POST',
				path: '/v1/bots/k3v9x2ab/nlp/extract',
				query: { version: 'LIVE' },
				body: { language: 'en', expression: 'When are you open?' },
			},
		},
	],
});
