import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context';
import type { FlowAiWorld } from '../world';
import { botRoutes } from './bot';
import { businessHoursRoutes } from './business-hours';
import { messageRoutes } from './messages';
import { checkRestKey, flowAiErrors } from './scope';

/** The REST interface of Flow.ai under `/flowai/rest/v1` (Flow.ai reference §2). */
export function restRoutes(app: FastifyInstance, context: Context, world: FlowAiWorld): void {
	flowAiErrors(app);
	app.addHook('onRequest', async (request, reply) => {
		// REST supports CORS (Flow.ai reference §1).
		reply.header('access-control-allow-origin', '*');
		if (request.method === 'OPTIONS') return;
		checkRestKey(request.headers.authorization, context.keys.flowAiRest, context.settings.authForm);
	});
	app.options('/*', (_request, reply) =>
		reply
			.code(204)
			.header('access-control-allow-methods', 'GET, POST, DELETE')
			.header('access-control-allow-headers', 'authorization, content-type')
			.send(),
	);
	messageRoutes(app, context, world);
	botRoutes(app, context, world);
	businessHoursRoutes(app, context);
}
