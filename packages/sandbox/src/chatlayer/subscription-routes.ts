import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { badRequest, notFound } from '../http/errors';
import { text } from '../http/params';
import { asObject, asString } from '../json';
import { tokenPage } from './paging';
import { botOf, rangeOf } from './scope';
import { subscriptionView, type Subscriptions } from './subscriptions';

const TYPES = ['TRACKING_EVENT', 'FLOW_EVENT', 'MESSAGE_EVENT'];
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const LOGS_FROM = Date.parse('2026-03-01T08:00:00.000Z');

/** Built-in log of an app integration. */
const LOGS = Array.from({ length: 45 }, (_, n) => ({
	id: `log-${n + 1}`,
	app_id: 'app-1',
	app_version: '1.2.0',
	platform_version: '5',
	log_message: n % 9 === 0 ? 'Order could not be saved' : `Order ${4700 + n} saved`,
	log_type: n % 9 === 0 ? 'ERROR' : 'INFO',
	severity_level: n % 9 === 0 ? 3 : 6,
	timestamp: new Date(LOGS_FROM + n * 600_000).toISOString(),
	log_attributes: { order: String(4700 + n) },
	resource_attributes: { region: 'eu' },
	event_method: 'POST',
	event_command: 'save',
}));

/** Subscriptions and app logs (Chatlayer reference §4.6). */
export function subscriptionRoutes(
	app: FastifyInstance,
	_context: Context,
	subscriptions: Subscriptions,
): void {
	app.get('/bots/:bot_id/subscriptions', (request) => {
		botOf(request);
		const { rows, next_page_token } = tokenPage(request, subscriptions.list);
		return { subscriptions: rows.map(subscriptionView), next_page_token };
	});

	app.post('/bots/:bot_id/subscriptions', async (request) => {
		botOf(request);
		const body = asObject(request.body);
		const target = asString(body['target']) ?? '';
		if (!URL.canParse(target)) throw badRequest('target must be an address');
		const url = new URL(target);
		// The service wants TLS on port 443; plain http is taken for this machine (Chatlayer reference §9, §11).
		const fits = url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL.test(url.hostname));
		if (!fits) throw badRequest('target must be an https address');
		const eventType = asString(body['event_type']) ?? '';
		if (!TYPES.includes(eventType)) throw badRequest(`event_type must be one of ${TYPES.join(', ')}`);
		const names = body['event_names'] ?? [];
		if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
			throw badRequest('event_names must be a list of texts');
		}
		const version = asString(body['version']) ?? 'v1';
		if (version !== 'v1') throw badRequest('version must be v1');
		const subscription = await subscriptions.create({
			botVersion: asString(body['bot_version']) ?? 'LIVE',
			target,
			secret: asString(body['secret']) ?? '',
			eventType,
			eventNames: names,
			version,
		});
		return { subscription: subscriptionView(subscription) };
	});

	app.delete('/bots/:bot_id/subscriptions/:subscription_id', (request) => {
		botOf(request);
		const id = (request.params as { subscription_id: string }).subscription_id;
		if (!subscriptions.remove(id)) throw notFound(`There is no subscription ${id}`);
		return {};
	});

	app.get('/apps/:app_id/logs/stream', (request) => {
		const id = (request.params as { app_id: string }).app_id;
		if (id !== 'app-1') throw notFound(`There is no app ${id}`);
		const { start, end } = rangeOf(request.query);
		const query = text(request.query, 'query')?.toLowerCase() ?? '';
		const matching = LOGS.filter((log) => {
			const at = Date.parse(log.timestamp);
			return at >= start && at < end && log.log_message.toLowerCase().includes(query);
		});
		const { rows, next_page_token } = tokenPage(request, matching);
		return { logs: rows, next_page_token };
	});
}
