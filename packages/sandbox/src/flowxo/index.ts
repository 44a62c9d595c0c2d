import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { sameText } from '../flowai/rest/scope';
import { describeError, reportFault, unauthorized } from '../http/errors';
import { guard } from '../http/scope';
import { accountRoutes } from './account';
import { conversationRoutes } from './conversations';
import { interactionRoutes } from './interactions';
import { sendRoutes } from './send';
import type { FlowXoWorld } from './world';

/** The HTTP interface of Flow XO under `/flowxo/api` (Flow XO reference §2, §6). */
export function flowXoRoutes(app: FastifyInstance, context: Context, world: FlowXoWorld): void {
	// Error bodies are undocumented; `error` and `message` are the keys to expect (Flow XO reference §10).
	app.setErrorHandler((error, _request, reply) => {
		const { status, message } = describeError(error);
		if (status >= 500) reportFault(error);
		return reply.code(status).send({ error: status === 401 ? 'unauthorized' : 'invalid_request', message });
	});
	app.setNotFoundHandler((request, reply) =>
		reply
			.code(404)
			.send({ error: 'not_found', message: `No such call: ${request.method} ${request.url.split('?')[0]}` }),
	);
	guard(app, (request) => {
		const key = /^bearer (.*)$/i.exec(request.headers.authorization ?? '')?.[1];
		if (key === undefined) throw unauthorized('Send the API key as Authorization: Bearer <key>');
		if (!sameText(key, context.keys.flowXo)) throw unauthorized('The API key is not valid');
	});
	conversationRoutes(app, context, world);
	sendRoutes(app, world);
	accountRoutes(app, context, world);
	interactionRoutes(app, world);
}
