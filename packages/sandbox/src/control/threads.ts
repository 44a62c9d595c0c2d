import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badRequest, notFound } from '../http/errors';
import { integer, parseTime } from '../http/params';
import { asObject, asString } from '../json';
import type { Sandbox } from '../sandbox';

/** Threads of Flow.ai and conversations of Flow XO: read, write as end user or moderator, pause, resume. */
export function threadControl(app: FastifyInstance, sandbox: Sandbox): void {
	const world = sandbox.world;
	const id = (request: FastifyRequest): string => (request.params as { id: string }).id;
	const page = (request: FastifyRequest): [number, number] => [
		integer(request.query, 'skip', 0, 0),
		integer(request.query, 'limit', 50, 1, 200),
	];
	const textOf = (request: FastifyRequest): string => {
		const text = asString(asObject(request.body)['text']);
		if (text === undefined || text.trim() === '') throw badRequest('text must not be empty');
		return text.slice(0, 10_000);
	};

	app.get('/threads', (request) => world.threads(...page(request)));
	app.get('/threads/:id', (request) => {
		const thread = world.thread(id(request));
		if (!thread) throw notFound(`There is no thread ${id(request)}`);
		return { thread, messages: world.messages(id(request)).slice(-200) };
	});
	app.post('/threads/:id/messages', async (request) => {
		const body = asObject(request.body);
		const name = asString(body['name']);
		if (body['as'] === 'moderator') {
			await world.sendAsModerator(id(request), textOf(request), name);
		} else if (body['as'] === 'user') {
			const channel = body['channel'] === 'rest' ? 'rest' : 'socket';
			// The bot's answer is not waited for: the console sees it come.
			void world.sendAsUser(id(request), textOf(request), channel, name);
		} else {
			throw badRequest('as must be user or moderator');
		}
		return { ok: true };
	});
	app.post('/threads/:id/frames', (request) => {
		const frame = asObject(request.body);
		if (typeof frame['type'] !== 'string' || frame['type'] === '') throw badRequest('type must be a name');
		world.sendFrame(id(request), frame);
		return { ok: true };
	});
	app.post('/threads/:id/:action', (request) => {
		const action = (request.params as { action: string }).action;
		if (action !== 'pause' && action !== 'resume' && action !== 'handover' && action !== 'resolve') {
			throw notFound(`There is no action ${action}`);
		}
		world[action](id(request));
		return { thread: world.thread(id(request)) };
	});

	app.post('/threads', (request) => {
		const body = asObject(request.body);
		const name = asString(body['id']);
		if (name === undefined || name === '' || name.length > 500) throw badRequest('id must be a text');
		return { thread: world.ensureThread(name, body['channel'] === 'rest' ? 'rest' : 'socket') };
	});

	app.get('/conversations', (request) => world.conversations(...page(request)));
	app.get('/conversations/:id', (request) => ({
		conversation: world.conversation(id(request)),
		messages: world.conversationMessages(id(request)).slice(-200),
	}));
	app.post('/conversations/:id/messages', (request) => {
		const { as, at } = asObject(request.body);
		if (typeof at === 'string') {
			world.insertMessage(id(request), textOf(request), new Date(parseTime(at, 'at')));
			return { ok: true };
		}
		if (as === 'moderator') world.sendInLiveChat(id(request), textOf(request));
		else world.sendAsEndUser(id(request), textOf(request));
		return { ok: true };
	});
	app.post('/conversations/:id/agent-mode', (request) => {
		world.setLiveChat(id(request), asObject(request.body)['on'] === true);
		return { ok: true };
	});
}
