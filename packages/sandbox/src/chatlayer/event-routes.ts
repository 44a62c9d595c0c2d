import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context';
import { badRequest } from '../http/errors';
import { parseTime, text } from '../http/params';
import { asObject, asString, isObject, type JsonObject } from '../json';
import { pageByToken, tokenPage } from './paging';
import { botOf, rangeOf, teamOf, versionOf } from './scope';
import { definitionView, eventView, type EventFilter, type Tracking, type TrackingEvent } from './tracking';

/** Event stream, tracking, definitions and attribute values (Chatlayer reference §4.5). */
export function eventRoutes(
	app: FastifyInstance,
	context: Context,
	tracking: Tracking,
	tracked: (event: TrackingEvent) => void,
): void {
	const stream = (request: FastifyRequest, source: unknown, matches: EventFilter): JsonObject => {
		const { start, end } = rangeOf(source);
		const page = pageByToken(request, source);
		const found = tracking.page(start, end, matches, page.skip, page.limit);
		const { rows, next_page_token } = page.finish(found.rows, found.more);
		return { events: rows.map(eventView), next_page_token };
	};
	const streamFilter = (source: unknown): EventFilter => {
		const version = versionOf(source);
		const [event, conversation] = [text(source, 'event'), text(source, 'conversation_id')];
		const [user, campaign] = [text(source, 'user_id'), text(source, 'campaign_id')];
		return (row) =>
			row.version === version &&
			(event === undefined || row.event === event) &&
			(conversation === undefined || row.conversationId === conversation) &&
			(user === undefined || row.userId === user) &&
			(campaign === undefined || row.campaignId === campaign);
	};

	app.get('/bots/:bot_id/events/stream', (request) => {
		botOf(request);
		return stream(request, request.query, streamFilter(request.query));
	});

	app.post('/bots/:bot_id/events/stream', (request) => {
		botOf(request);
		const body = asObject(request.body);
		const base = streamFilter(body);
		const filters = readFilters(body['filters']);
		return stream(request, body, (event) => base(event) && filters.every((filter) => filter(event)));
	});

	app.post('/bots/:bot_id/events/track', (request) => {
		botOf(request);
		const event = readEvent(request.body, context);
		if (tracking.add(event)) tracked(event);
		// A caller's own id may make a repeat harmless (Chatlayer reference §8, unconfirmed): it does here.
		context.bus.emit({ topic: 'chatlayer' });
		return { event_id: event.id };
	});

	app.get('/bots/:bot_id/events/definitions', (request) => {
		botOf(request);
		const { rows, next_page_token } = tokenPage(request, tracking.definitions);
		return { event_definitions: rows.map(definitionView), next_page_token };
	});

	app.post('/bots/:bot_id/events/definitions', (request) => {
		botOf(request);
		const body = asObject(request.body);
		const definition = {
			id: context.ids.next('ed'),
			event: asString(body['event']) ?? '',
			description: asString(body['description']) ?? '',
			createdAt: context.clock.now(),
		};
		tracking.definitions.push(definition);
		context.bus.emit({ topic: 'chatlayer' });
		return { event_definition: definitionView(definition) };
	});

	app.post('/bots/:bot_id/events/attributes/:attribute_key/values', (request) => {
		botOf(request);
		const key = (request.params as { attribute_key: string }).attribute_key;
		const query = asString(asObject(request.body)['query'])?.toLowerCase() ?? '';
		const values = new Set<string>();
		tracking.forEach(0, Infinity, (event) => {
			const value = event.attributes[key];
			if (value?.toLowerCase().includes(query) === true) values.add(value);
		});
		return { attributes: [...values].sort().map((value) => ({ key, value })) };
	});

	app.get('/teams/:team_id/events', (request) => {
		teamOf(request);
		const user = text(request.query, 'user_id');
		return stream(request, request.query, (event) => user === undefined || event.userId === user);
	});

	app.get('/teams/:team_id/events/definitions', (request) => {
		teamOf(request);
		const bot = text(request.query, 'bot_id');
		const { rows, next_page_token } = tokenPage(
			request,
			bot === undefined || bot === 'k3v9x2ab' ? tracking.definitions : [],
		);
		return { event_definitions: rows.map(definitionView), next_page_token };
	});
}

function readEvent(body: unknown, context: Context): TrackingEvent {
	if (!isObject(body)) throw badRequest('The body must be an object');
	const attributes = asObject(body['attributes']);
	for (const [key, value] of Object.entries(attributes)) {
		if (typeof value !== 'string') throw badRequest(`attributes.${key} must be a text`);
	}
	const about = asObject(body['context']);
	const campaign = asString(asObject(about['campaign'])['id']);
	const timestamp = asString(body['timestamp']);
	return {
		id: asString(body['id']) ?? context.ids.next('ev'),
		event: asString(body['event']) ?? '',
		version: asString(body['version']) ?? 'LIVE',
		userId: asString(body['user_id']) ?? '',
		channel: 'api',
		conversationId: asString(about['conversation_id']) ?? '',
		attributes: attributes as Record<string, string>,
		at: timestamp === undefined ? context.clock.now() : parseTime(timestamp, 'timestamp'),
		...(campaign !== undefined ? { campaignId: campaign } : {}),
	};
}

/** Conditions on attributes. The names of the operators are not published; these are common ones. */
export function readFilters(value: unknown): EventFilter[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) throw badRequest('filters must be a list');
	return value.map((item, n): EventFilter => {
		const { key, operator } = asObject(item);
		const values: unknown = asObject(item)['value'];
		if (typeof key !== 'string') throw badRequest(`filters[${n}].key must be a text`);
		if (!Array.isArray(values)) throw badRequest(`filters[${n}].value must be a list of texts`);
		const has = (event: TrackingEvent): string | undefined =>
			event.attributes[key] ?? { channel_type: event.channel, user_id: event.userId }[key];
		if (operator === 'not_equals') return (event) => !values.includes(has(event));
		if (operator === 'contains')
			return (event) => values.some((part) => has(event)?.includes(String(part)) === true);
		return (event) => values.includes(has(event));
	});
}
