import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../../context';
import { HttpError, badRequest, describeError, reportFault } from '../../http/errors';
import { text } from '../../http/params';
import type { JsonObject } from '../../json';
import { received } from '../wire';
import { historyEntry } from '../wire';
import { flowAiNotFound, sameText } from '../rest/scope';
import { readUpload } from '../rest/upload';
import { readSocketMessage } from '../read-message';
import { asObject } from '../../json';
import type { FlowAiWorld } from '../world';
import type { SocketServer } from './server';

interface Caller {
	clientId: string;
	sessionId?: string;
	threadId?: string;
	/** The thread's nonce, to be handed out. */
	secret?: string;
}

/** socket.info and the HTTP calls beside the socket (Flow.ai reference §5.2, §5.4). */
export function socketHttpRoutes(
	app: FastifyInstance,
	context: Context,
	world: FlowAiWorld,
	sockets: SocketServer,
): void {
	app.setErrorHandler((error, _request, reply) => {
		const { status, message } = describeError(error);
		if (status >= 500) reportFault(error);
		return reply.code(status).send({ status: 'error', payload: { message } });
	});

	flowAiNotFound(app);

	app.get('/socket.info', (request) => {
		const caller = readCaller(request, context, world);
		const sessionId = caller.sessionId;
		if (sessionId === undefined) throw badRequest('sessionId is missing');
		const { clientId, threadId } = caller;
		const token = sockets.endpoints.issue({
			clientId,
			sessionId,
			...(threadId !== undefined ? { threadId } : {}),
		});
		const host = request.headers.host ?? new URL(context.url).host;
		return {
			status: 'ok',
			payload: { endpoint: `ws://${host}/flowai/ws/${token}` },
			...(caller.secret !== undefined ? { secret: caller.secret } : {}),
		};
	});

	app.get('/thread.history', (request) => {
		const { threadId } = withThread(readCaller(request, context, world));
		const entries = world.threads.find(threadId)?.entries ?? [];
		const payload = entries
			.filter((entry) => entry.event !== true)
			.slice(-Math.max(1, context.settings.socketHistory))
			.map((entry) => ({
				threadId,
				...historyEntry(entry, context.settings),
				originator: received(entry.originator),
			}));
		return { status: 'ok', payload };
	});

	app.get('/thread.unnoticed', (request) => {
		const { threadId } = withThread(readCaller(request, context, world));
		return { status: 'ok', payload: { unnoticed: world.threads.find(threadId)?.unnoticed ?? false } };
	});

	app.post('/thread.upload', async (request) => {
		if (!request.isMultipart()) throw badRequest('Send multipart/form-data with the parts file and payload');
		const upload = await readUpload(request, context, 'payload');
		const sent = asObject(upload.query);
		checkClient(sent['clientId'], context);
		const speech =
			typeof sent['speech'] === 'string' && sent['speech'] !== '' ? sent['speech'] : 'file attachment';
		const { threadId, message } = readSocketMessage({ ...sent, speech });
		checkSecret(request, context, world, threadId);
		const response = { type: 'file', payload: { title: upload.fileName, url: upload.url } };
		const thread = world.threads.open(threadId, 'socket', message.originator);
		void world.send(thread, { ...message, kind: 'media', response });
		const echo: JsonObject = { ...sent, speech, attachment: { type: 'file', payload: response.payload } };
		delete echo['clientId'];
		delete echo['sessionId'];
		return { status: 'ok', payload: echo };
	});

	// Not publicly supported (Flow.ai reference §5.4): it is answered, so that a client can be seen not to need it.
	app.post('/thread.merger', (request) => {
		const body = asObject(request.body);
		checkClient(body['clientId'], context);
		for (const field of ['threadId', 'sessionId', 'mergerKey']) {
			if (typeof body[field] !== 'string') throw badRequest(`${field} is missing`);
		}
		return { status: 'ok', payload: { threadId: body['threadId'] } };
	});
}

function checkClient(clientId: unknown, context: Context): string {
	if (typeof clientId !== 'string' || clientId === '') throw badRequest('clientId is missing');
	if (!sameText(clientId, context.keys.flowAiClientId)) throw badRequest('Unknown client');
	return clientId;
}

/** A call names its client, session and thread in the query or in headers (Flow.ai reference §5.2). */
function readCaller(request: FastifyRequest, context: Context, world: FlowAiWorld): Caller {
	const value = (name: string): string | undefined => {
		const header = request.headers[`x-flowai-${name.toLowerCase()}`];
		return (typeof header === 'string' && header !== '' ? header : undefined) ?? text(request.query, name);
	};
	const caller: Caller = { clientId: checkClient(value('clientId'), context) };
	const [sessionId, threadId] = [value('sessionId'), value('threadId')];
	if (sessionId !== undefined) caller.sessionId = sessionId;
	if (threadId !== undefined) {
		caller.threadId = threadId;
		const secret = checkSecret(request, context, world, threadId);
		if (secret !== undefined) caller.secret = secret;
	}
	return caller;
}

function withThread(caller: Caller): { threadId: string } {
	if (caller.threadId === undefined) throw badRequest('threadId is missing');
	return { threadId: caller.threadId };
}

/**
 * With nonces on, the first call for a thread needs none and is given one; from then on it is demanded
 * (Flow.ai reference §5.2).
 */
function checkSecret(
	request: FastifyRequest,
	context: Context,
	world: FlowAiWorld,
	threadId: string,
): string | undefined {
	if (!context.settings.nonce) return undefined;
	const thread = world.threads.open(threadId, 'socket', { name: 'guest', role: 'external' });
	if (thread.secret === undefined) return (thread.secret = context.ids.next('n'));
	const header = request.headers['x-flowai-secret'];
	if (typeof header !== 'string' || !sameText(header, thread.secret)) {
		throw new HttpError(401, 'The secret of this thread is missing or wrong');
	}
	return thread.secret;
}
