import type { FastifyInstance } from 'fastify';
import { badRequest, notFound } from '../http/errors';
import { asString, isObject, asObject, type JsonObject } from '../json';
import type { FlowXoWorld } from './world';

/** Sending to an end user (Flow XO reference §6). */
export function sendRoutes(app: FastifyInstance, world: FlowXoWorld): void {
	app.post('/end_users/messages', (request) => {
		const body = asObject(request.body);
		const path = asString(body['response_path']);
		if (!path) throw badRequest('response_path must be the raw id of a conversation');
		const type = asString(body['type']);
		if (!type) throw badRequest('type must be a text');
		const message = body['message'];
		if (!isObject(message)) throw badRequest('message must be an object');
		const conversation = world.store.find(path);
		if (!conversation) throw notFound(`There is no conversation ${path}`);
		world.sendAsBot(conversation, type, contentOf(type, message));
		// The body of a success is unknown (Flow XO reference §6).
		return { success: true };
	});
}

/** What a sent message looks like when it is read back; only text is known (Flow XO reference §3). */
function contentOf(type: string, message: JsonObject): JsonObject {
	switch (type) {
		case 'text': {
			const text = asString(message['body']);
			if (!text) throw badRequest('message.body must be a text that is not empty');
			return { message: text, options: null };
		}
		case 'media': {
			if (!asString(message['type'])) throw badRequest('message.type must be image, video or file');
			if (!asString(message['url'])) throw badRequest('message.url must be an address');
			return { media: message };
		}
		case 'custom':
			return { custom: JSON.stringify(message) };
		default:
			return { [type.replace(/\W/g, '_')]: message };
	}
}
