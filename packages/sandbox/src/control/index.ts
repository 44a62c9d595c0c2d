import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { HttpError, badRequest, describeError, reportFault } from '../http/errors';
import { asObject } from '../json';
import type { Sandbox } from '../sandbox';
import { faultControl } from './faults';
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
	app.addHook('onRequest', async (request) => {
		// A page of another site must not steer a sandbox that listens on the same machine.
		const origin = request.headers.origin;
		if (origin !== undefined && URL.canParse(origin) && new URL(origin).host !== request.headers.host) {
			throw new HttpError(403, 'Calls from pages of other sites are refused');
		}
	});
	app.get('/status', () => ({
		url: sandbox.url,
		keys: sandbox.keys,
		baseUrls: sandbox.baseUrls,
		settings: sandbox.settings,
		seed: context.seed,
		speed: context.clock.speed,
		sockets: sandbox.sockets(),
	}));
	app.get('/deliveries', () => ({ deliveries: sandbox.deliveries() }));
	app.delete('/deliveries', () => {
		context.deliveries.clear();
		return { ok: true };
	});
	app.get('/requests', () => ({ requests: sandbox.requests() }));
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
}
