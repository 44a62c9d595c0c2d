import { apiResource } from '../../api-request';

/** The Analytics API of Chatlayer, whole. */
export const api = apiResource({
	service: 'chatlayer',
	credential: 'chatlayerApi',
	name: 'api',
	displayName: 'API',
	nodeRedType: 'chatlayer-request',
	examplePath: '/v1/echo',
	examples: [
		{ name: 'An echo', input: { method: 'POST', path: '/v1/echo', body: { message: 'ping' } } },
		{
			name: 'An echo with a header of its own',
			input: {
				method: 'POST',
				path: '/v1/echo',
				body: { message: 'ping' },
				headers: { 'x-trace': '42' },
				query: { source: 'workflow' },
			},
		},
	],
});
