import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context';
import { badRequest } from '../../http/errors';
import { asObject, asString, isObject, type JsonObject } from '../../json';
import { AGENT_ID } from '../../options';
import { MAX_TEXT } from '../read-message';
import type { BotLine } from '../script';
import type { FlowAiWorld } from '../world';

/** Channels a broadcast can go out on (Flow.ai reference §2.4). */
const CHANNELS = ['rbm', 'messagemedia', 'telekom', 'twilio', 'whatsapp', 'khoros', 'messenger'];

/** The project's only segment; its members are the two built-in threads. */
const SEGMENT = {
	agentId: AGENT_ID,
	audienceId: 'au-9',
	title: 'Buyers',
	type: 'segment',
	contact: null,
	channels: [],
	conditions: [{ condition: 'country', conditionValue: 'se' }],
	importCondition: null,
	createdAfterCondition: null,
	createdBeforeCondition: null,
	createdAt: '2020-07-20T10:00:00.000Z',
	updatedAt: '2020-07-21T10:00:00.000Z',
};
const MEMBERS = ['t-100', 't-101'];

/** Broadcasts and segments: rows 14 to 16 of Flow.ai reference §2.2. */
export function broadcastRoutes(app: FastifyInstance, _context: Context, world: FlowAiWorld): void {
	app.post('/broadcast/instant', (request) => {
		const body = asObject(request.body);
		const channel = asObject(body['channel']);
		if (!CHANNELS.includes(asString(channel['channelName']) ?? '')) {
			throw badRequest(`channel.channelName must be one of ${CHANNELS.join(', ')}`);
		}
		if (!asString(channel['externalId'])) throw badRequest('channel.externalId must be a text');
		const line = readPayload(body['payload'], ['text', 'event']);
		const people = audience(body).map((member, n) => {
			const contact = asString(member['phoneNumber']) ?? asString(member['identifier']);
			if (!asString(member['name'])) throw badRequest(`audience[${n}].name must be a text`);
			if (!contact) throw badRequest(`audience[${n}] needs a phoneNumber or an identifier`);
			return { name: String(member['name']), contact };
		});
		for (const { name, contact } of people) {
			const thread = world.threads.open(contact, 'rest', { name, role: 'external' });
			world.say(thread, line);
		}
		return { status: 'ok' };
	});

	app.post('/broadcast/instant/segment', (request) => {
		const body = asObject(request.body);
		const line = readPayload(body['payload'], ['text', 'event', 'media', 'location']);
		for (const [n, segment] of audience(body).entries()) {
			const { id, name } = segment;
			if (id === undefined && name === undefined) throw badRequest(`audience[${n}] needs a name or an id`);
			if (id !== SEGMENT.audienceId && name !== SEGMENT.title)
				throw badRequest(`audience[${n}] is no known segment`);
		}
		for (const key of MEMBERS) {
			world.say(world.threads.open(key, 'rest', { name: 'guest', role: 'external' }), line);
		}
		return { status: 'ok' };
	});

	// Without `sync` the result would come by an event whose name is unknown (Flow.ai reference §2.2); none is sent.
	app.get('/broadcast/segments', (request) =>
		(request.query as JsonObject)['sync'] === 'true'
			? { status: 'ok', segments: [SEGMENT] }
			: { status: 'ok' },
	);
}

function audience(body: JsonObject): JsonObject[] {
	const list = body['audience'];
	if (!Array.isArray(list) || list.length === 0 || !list.every(isObject)) {
		throw badRequest('audience must be a list of objects that is not empty');
	}
	return list;
}

/** What a broadcast says. */
function readPayload(value: unknown, types: string[]): BotLine {
	const payload = asObject(value);
	const type = asString(payload['type']) ?? '';
	if (!types.includes(type)) throw badRequest(`payload.type must be one of ${types.join(', ')}`);
	const need = (field: string): string => {
		const text = asString(payload[field]);
		if (text === undefined || text === '')
			throw badRequest(`payload.${field} must be a text that is not empty`);
		return text;
	};
	switch (type) {
		case 'text': {
			const text = need('speech');
			if ([...text].length > MAX_TEXT)
				throw badRequest(`payload.speech is longer than ${MAX_TEXT} characters`);
			return { fallback: text, responses: [{ type: 'text', payload: { text } }] };
		}
		case 'event': {
			const text = `Event ${need('eventName')} received.`;
			return { fallback: text, responses: [{ type: 'text', payload: { text } }] };
		}
		case 'media': {
			const kind = asString(payload['mediaType']) ?? 'image';
			return { fallback: kind, responses: [{ type: kind, payload: { title: kind, url: need('url') } }] };
		}
		default: {
			const place = { title: asString(payload['title']) ?? 'Location', lat: need('lat'), long: need('long') };
			return { fallback: place.title, responses: [{ type: 'location', payload: place }] };
		}
	}
}
