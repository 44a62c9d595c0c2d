import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context';
import { badRequest, describeError, reportFault } from '../http/errors';
import { integer } from '../http/params';
import { asObject } from '../json';
import type { Sandbox } from '../sandbox';
import { faultControl } from './faults';
import { pushControl } from './pushes';
import { settingsControl } from './settings';
import { threadControl } from './threads';

/** The sandbox's own interface under `/sandbox/api`: what the console and tests in other processes use. */
export function controlRoutes(app: FastifyInstance, context: Context, sandbox: Sandbox): void {
	app.setErrorHandler((error, _request, reply) => {
		const wrongInput = error instanceof TypeError ? badRequest(error.message) : error;
		const { status, message } = describeError(wrongInput);
		if (status >= 500) reportFault(error);
		return reply.code(status).send({ error: message });
	});
	app.get('/status', () => ({
		url: sandbox.url,
		keys: sandbox.keys,
		baseUrls: sandbox.baseUrls,
		settings: sandbox.settings,
		seed: context.seed,
		speed: context.clock.speed,
		sockets: sandbox.sockets(),
		/** Bytes of memory the process holds. */
		memory: process.memoryUsage().rss,
	}));
	app.get('/deliveries', (request) => ({ deliveries: last(sandbox.deliveries(), request) }));
	app.delete('/deliveries', () => {
		context.deliveries.clear();
		return { ok: true };
	});
	app.get('/requests', (request) => ({ requests: last(sandbox.requests(), request) }));
	app.delete('/requests', () => {
		context.requests.clear();
		return { ok: true };
	});
	app.get('/sockets', () => ({ open: sandbox.sockets(), connections: sandbox.world.connections() }));
	app.post('/events', (request) => {
		const { event, threadId, body } = asObject(request.body);
		if (typeof event !== 'string' || event === '') throw badRequest('event must be a name');
		const id = typeof threadId === 'string' && threadId !== '' ? threadId : undefined;
		sandbox.world.fire(event, id, body === undefined ? undefined : asObject(body));
		return { ok: true };
	});
	app.get('/events', () => ({ events: sandbox.world.eventNames }));
	settingsControl(app, context, sandbox);
	threadControl(app, sandbox);
	faultControl(app, sandbox);
	pushControl(app, context, sandbox);
}

/** The newest rows, as many as the query's `limit` asks for. */
function last<T>(rows: T[], request: FastifyRequest): T[] {
	return rows.slice(-integer(request.query, 'limit', rows.length || 1, 1));
}
