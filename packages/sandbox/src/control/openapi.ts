import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../json';
import { QUERIES } from './openapi-queries';

/** A route as the description needs it. */
interface Route {
	method: string;
	path: string;
}

const SERVICES: ReadonlyArray<readonly [prefix: string, tag: string, security: string[]]> = [
	['/flowai/rest/v1', 'Flow.ai REST', ['flowAiKey']],
	['/flowai/v1', 'Flow.ai management', ['flowAiManagement']],
	['/flowai/reply', 'Flow.ai action webhook', []],
	['/flowai', 'Flow.ai socket', []],
	['/flowxo/api', 'Flow XO', ['flowXoKey']],
	['/flowxo', 'Flow XO webhooks', []],
	['/chatlayer-core', 'Chatlayer core API', ['chatlayerCore']],
	['/chatlayer', 'Chatlayer Analytics', ['chatlayerToken']],
	['/sandbox', 'Sandbox', []],
];

/** Collects the routes of an app as they are added; call it before adding any. */
export function collectRoutes(app: FastifyInstance): Route[] {
	const routes: Route[] = [];
	app.addHook('onRoute', (route) => {
		for (const method of [route.method].flat()) {
			if (method !== 'HEAD' && method !== 'OPTIONS') routes.push({ method, path: route.url });
		}
	});
	return routes;
}

/** An OpenAPI description of everything the sandbox serves. */
export function openApi(routes: Route[], url: string): JsonObject {
	const paths: Record<string, JsonObject> = {};
	for (const { method, path } of routes) {
		// The files of the console are no calls.
		if (path === '/' || path.startsWith('/console/')) continue;
		const [, tag, security] = SERVICES.find(([prefix]) => path.startsWith(prefix)) ?? ['', 'Console', []];
		const name = path.replace(/:(\w+)/g, '{$1}');
		const inPath = [...path.matchAll(/:(\w+)/g)].map((match) => ({
			name: match[1],
			in: 'path',
			required: true,
			schema: { type: 'string' },
		}));
		const inQuery = (QUERIES[`${method} ${path}`] ?? '').split(' ').filter((query) => query !== '');
		const operation = {
			tags: [tag],
			operationId: `${method.toLowerCase()}${name.replace(/\W+/g, '_')}`,
			parameters: [
				...inPath,
				...inQuery.map((query) => ({
					name: query.replace('*', ''),
					in: 'query',
					required: query.endsWith('*'),
					schema: { type: 'string' },
				})),
			],
			...(method === 'POST' || method === 'PUT' || method === 'PATCH'
				? { requestBody: { content: { 'application/json': { schema: { type: 'object' } } } } }
				: {}),
			responses: {
				200: { description: 'Done', content: { 'application/json': { schema: {} } } },
				'4XX': {
					description: 'What is wrong with the request',
					content: { 'application/json': { schema: {} } },
				},
			},
			security: security.map((scheme) => ({ [scheme]: [] })),
		};
		paths[name] = { ...paths[name], [method.toLowerCase()]: operation };
	}
	const bearer = { type: 'http', scheme: 'bearer' };
	return {
		openapi: '3.0.3',
		info: {
			title: 'Convoflow sandbox',
			version: '1',
			description:
				'Flow.ai, Flow XO and Sinch Chatlayer as far as their references tell, on your own machine.',
		},
		servers: [{ url }],
		paths,
		components: {
			securitySchemes: {
				flowAiKey: {
					type: 'apiKey',
					in: 'header',
					name: 'Authorization',
					description: 'The key, bare or as Bearer',
				},
				flowAiManagement: bearer,
				flowXoKey: bearer,
				chatlayerToken: { type: 'http', scheme: 'basic' },
				chatlayerCore: bearer,
			},
		},
	};
}
