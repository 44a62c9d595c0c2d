import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context';
import { guard } from '../../http/scope';
import type { FlowAiWorld } from '../world';
import { botRoutes } from './bot';
import { broadcastRoutes } from './broadcasts';
import { messageRoutes } from './messages';
import { projectRoutes } from './project';
import { checkRestKey, flowAiErrors, flowAiNotFound } from './scope';

/** The REST interface of Flow.ai under `/flowai/rest/v1` (Flow.ai reference §2). */
export function restRoutes(app: FastifyInstance, context: Context, world: FlowAiWorld): void {
	flowAiErrors(app);
	flowAiNotFound(app);
	// REST supports CORS (Flow.ai reference §1).
	app.addHook('onRequest', (_request, reply, done) => {
		reply.header('access-control-allow-origin', '*');
		done();
	});
	guard(app, (request) => {
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
	projectRoutes(app, context, world);
	broadcastRoutes(app, context, world);
}
