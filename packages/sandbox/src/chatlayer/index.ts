import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import type { Activity } from './activity';
import { conversationRoutes } from './conversations';
import { chatlayerErrors, checkBasic } from './scope';

/** The Analytics interface of Chatlayer under `/chatlayer/v1` (Chatlayer reference §4). */
export function chatlayerRoutes(app: FastifyInstance, context: Context, activity: Activity): void {
	chatlayerErrors(app);
	app.addHook('onRequest', async (request) => checkBasic(request, context));
	conversationRoutes(app, context, activity);
}
