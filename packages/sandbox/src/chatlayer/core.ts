import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context';
import { sameText } from '../flowai/rest/scope';
import { badRequest, notFound, unauthorized } from '../http/errors';
import { integer } from '../http/params';
import { guard } from '../http/scope';
import { asObject, asString, isObject } from '../json';
import { BOT_ID, type CountedConversation } from './activity';
import { intentsOf } from './dialogs';
import { chatlayerErrors } from './scope';
import type { ChatlayerWorld } from './world';

/** Requests an hour told in the rate headers; a sample holds this number (Chatlayer reference §8). */
const RATE_LIMIT = 1200;

/** The core API under `/chatlayer-core/v1`, as far as it was seen in use (Chatlayer reference §10). */
export function coreRoutes(app: FastifyInstance, context: Context, world: ChatlayerWorld): void {
	const { activity, transcripts } = world;
	let remaining = RATE_LIMIT;
	chatlayerErrors(app);
	guard(app, (request) => {
		const token = /^bearer (.*)$/i.exec(request.headers.authorization ?? '')?.[1];
		if (token === undefined) throw unauthorized('Send the access token as Authorization: Bearer <token>');
		if (!sameText(token, context.keys.chatlayerCore)) throw unauthorized('The access token is not valid');
	});
	app.addHook('onSend', (_request, reply, _payload, done) => {
		remaining = Math.max(0, remaining - 1);
		reply.header('x-ratelimit-limit', RATE_LIMIT).header('x-ratelimit-remaining', remaining);
		// The text says seconds, the sample is in milliseconds.
		reply.header('x-ratelimit-reset', context.clock.now() + 3_600_000);
		done();
	});
	const bot = (request: FastifyRequest): void => {
		const id = (request.params as { bot: string }).bot;
		if (id !== BOT_ID) throw notFound(`There is no bot ${id}`);
	};
	const session = (request: FastifyRequest): CountedConversation => {
		bot(request);
		const id = (request.params as { session: string }).session;
		const conversation = activity.find(id);
		if (!conversation) throw notFound(`There is no conversation ${id}`);
		return conversation;
	};

	app.get('/bots', () => [{ id: BOT_ID, name: 'Bike Shop' }]);

	app.get('/bots/:bot/conversations', (request) => {
		bot(request);
		const [page, limit] = [integer(request.query, 'page', 1, 1), integer(request.query, 'limit', 20, 1, 100)];
		const rows = transcripts.page((page - 1) * limit, limit);
		return { data: rows.map((row) => ({ user: { id: row.userId, sessionId: row.id } })) };
	});

	app.get('/bots/:bot/conversations/:session/messages', (request) => {
		const lines = transcripts.lines(session(request));
		const limit = integer(request.query, 'limit', 100, 1, 1_000);
		return {
			data: lines.slice(-limit).map((line) => ({
				actor: line.actor,
				timestamp: new Date(line.at).toISOString(),
				message: { text: line.text },
			})),
		};
	});

	app.get('/bots/:bot/conversations/:session/session-data', (request) => {
		const conversation = session(request);
		return transcripts.sessions.get(conversation.id) ?? { language: conversation.language };
	});

	app.delete('/bots/:bot/conversations/:session/session-data', (request, reply) => {
		transcripts.sessions.delete(session(request).id);
		context.bus.emit({ topic: 'chatlayer' });
		return reply.code(204).send();
	});

	app.post('/bots/:bot/conversations/:user/actions', (request) => {
		bot(request);
		const user = (request.params as { user: string }).user;
		const sends = asObject(request.body)['sendMessages'];
		// Pausing and setting the session exist too; their keys are unknown.
		if (!Array.isArray(sends) || !sends.every(isObject))
			throw badRequest('sendMessages must be a list of objects');
		const running = transcripts.page(0, 100).find((row) => row.userId === user);
		for (const send of sends) {
			const template = Object.keys(send)[0];
			if (template === undefined) throw badRequest('Each of sendMessages needs a template');
			const texts = asObject(send['textMessageTemplate'])['textMessages'];
			const first = Array.isArray(texts) ? asString(asObject(texts[0])['text']) : undefined;
			if (template === 'textMessageTemplate' && first === undefined) {
				throw badRequest('textMessageTemplate.textMessages[0].text must be a text');
			}
			transcripts.add(running?.channel ?? 'web', user, 'agent', first ?? template);
		}
		return {};
	});

	app.post('/bots/:bot/nlp/extract', (request) => {
		bot(request);
		const { expression, language } = asObject(request.body);
		if (typeof expression !== 'string') throw badRequest('expression must be a text');
		if (typeof language !== 'string') throw badRequest('language must be a text');
		const [name] = intentsOf({
			...(activity.builtIn[0] as CountedConversation),
			start: expression.length * 1_000,
		});
		return { extract: { intents: [{ name, confidence: 0.87 }], entities: [] } };
	});

	app.post('/channels/webhook/:channelId/messages', (request) => {
		const body = asObject(request.body);
		const user = asString(body['conversationId']) ?? asString(asObject(body['user'])['id']);
		if (!user) throw badRequest('conversationId or user.id must be a text');
		const message = asObject(body['message']);
		const text = asString(asObject(message['textMessage'])['text']);
		const other = ['postbackMessage', 'introMessage'].find((kind) => kind in message);
		if (text === undefined && other === undefined) {
			throw badRequest('message needs a textMessage, postbackMessage or introMessage');
		}
		const conversation = transcripts.say('webhook', user, text ?? 'Hello');
		if (isObject(body['sessionData'])) transcripts.sessions.set(conversation.id, body['sessionData']);
		return {};
	});
}
