import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { guard } from '../http/scope';
import { conversationRoutes } from './conversations';
import { eventRoutes } from './event-routes';
import { flowRoutes } from './flows';
import { funnelRoutes } from './funnels';
import { chatlayerErrors, checkBasic } from './scope';
import { statisticsRoutes } from './statistics';
import { subscriptionRoutes } from './subscription-routes';
import { eventView } from './tracking';
import type { ChatlayerWorld } from './world';

/** The Analytics interface of Chatlayer under `/chatlayer/v1` (Chatlayer reference §4). */
export function chatlayerRoutes(app: FastifyInstance, context: Context, world: ChatlayerWorld): void {
	const { activity, tracking, subscriptions } = world;
	chatlayerErrors(app);
	guard(app, (request) => checkBasic(request, context));
	conversationRoutes(app, context, activity);
	statisticsRoutes(app, context, activity);
	flowRoutes(app, context, activity);
	funnelRoutes(app, context, activity, tracking);
	eventRoutes(app, context, tracking, (event) =>
		subscriptions.notify('TRACKING_EVENT', event.event, eventView(event), event.version),
	);
	subscriptionRoutes(app, context, subscriptions);
}
