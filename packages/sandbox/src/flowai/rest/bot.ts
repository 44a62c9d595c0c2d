import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context';
import { badRequest, notFound } from '../../http/errors';
import { asObject } from '../../json';
import { emitResult } from '../events';
import type { Thread } from '../model';
import type { FlowAiWorld } from '../world';
import { isTrue, threadIdOf } from './scope';

/** Pause, resume, bot status, handover, takeover and resolve: rows 4-6 and 9-11 of Flow.ai reference §2.2. */
export function botRoutes(app: FastifyInstance, context: Context, world: FlowAiWorld): void {
	const known = (id: string): Thread => {
		const thread = world.threads.find(id);
		// What the live service answers for a thread that never was is not known.
		if (!thread) throw notFound(`There is no thread ${id}`);
		return world.threads.open(id, thread.channel, thread.user);
	};

	app.post('/pause/:threadId', (request) => {
		world.pause(known(threadIdOf(request)));
		return { status: 'ok' };
	});

	app.delete('/pause/:threadId', (request) => {
		world.resume(known(threadIdOf(request)));
		return { status: 'ok' };
	});

	app.get('/pause/:threadId', (request) => {
		const id = threadIdOf(request);
		const thread = world.threads.find(id);
		if (!thread) throw notFound(`There is no thread ${id}`);
		// The spelling is the documented one (Flow.ai reference §9).
		const result = { isPaued: world.paused(thread), threadId: id };
		if (isTrue(request.query, 'sync')) return { status: 'ok', ...result };
		emitResult(context, 'isPaused', thread.key, result);
		return { status: 'ok' };
	});

	app.post('/handover/:threadId', (request) => {
		const seconds = asObject(request.body)['secondsToPause'];
		if (seconds !== undefined && !(typeof seconds === 'number' && seconds >= 0 && Number.isFinite(seconds))) {
			throw badRequest('secondsToPause must be a number from 0');
		}
		world.pause(known(threadIdOf(request)), 'handover', seconds);
		return { status: 'ok' };
	});

	app.post('/takeover/:threadId', (request) => {
		world.pause(known(threadIdOf(request)), 'handover');
		return { status: 'ok' };
	});

	app.post('/resolve/:threadId', (request) => {
		world.resolve(known(threadIdOf(request)));
		return { status: 'ok' };
	});
}
