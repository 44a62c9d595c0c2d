import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context';
import { notFound } from '../../http/errors';
import { integer } from '../../http/params';
import type { JsonObject } from '../../json';
import { AGENT_ID, CHANNEL_ID } from '../../options';
import { listFaults, pageNumbers } from '../../faults/lists';
import { emitResult } from '../events';
import { listedId, type Thread } from '../model';
import { readRestMessage } from '../read-message';
import { historyEntry } from '../wire';
import type { FlowAiWorld } from '../world';
import { isTrue, threadIdOf } from './scope';
import { readUpload } from './upload';

/** Entries of a page of a history or thread list (Flow.ai reference §2.6). */
const PAGE = 20;

/** Sending, history, thread ids and the thread list: rows 1, 2, 7 and 8 of Flow.ai reference §2.2. */
export function messageRoutes(app: FastifyInstance, context: Context, world: FlowAiWorld): void {
	app.post('/messages/:threadId', async (request) => {
		const upload = request.isMultipart() ? await readUpload(request, context) : null;
		const message = readRestMessage(upload ? upload.query : request.body, upload !== null);
		if (upload && message.response.payload['url'] === '') message.response.payload['url'] = upload.url;
		const id = threadIdOf(request);
		const thread = world.threads.open(id, 'rest', message.originator);
		const sync = context.settings.syncSend && isTrue(request.query, 'sync');
		const done = world.send(thread, message, { sync });
		if (sync) return { status: 'ok', ...(await done)() };
		if (isTrue(request.query, 'writeConcern')) await done;
		return { status: 'ok' };
	});

	app.post('/messages', () => ({ status: 'ok', threadId: `${context.ids.nextUuid()}|w_${CHANNEL_ID}` }));

	app.get('/messages/:threadId', (request) => {
		const id = threadIdOf(request);
		const thread = world.threads.find(id);
		// What the live service answers for a thread that never was is not known.
		if (!thread) throw notFound(`There is no thread ${id}`);
		listFaults(request, {
			insert: (count) => {
				for (let n = 0; n < count; n += 1)
					void world.send(world.threads.open(id, 'rest', thread.user), inserted(n));
			},
		});
		const withEvents = isTrue(request.query, 'event') || isTrue(request.query, 'events');
		const result = history(context, thread, id, integer(request.query, 'page', 1, 1), withEvents);
		if (isTrue(request.query, 'sync')) return { status: 'ok', result };
		emitResult(context, 'history', thread.key, result);
		return { status: 'ok' };
	});

	app.get('/threads', (request) => {
		const { page, size } = pageNumbers(request, integer(request.query, 'page', 1, 1), PAGE);
		const { keys, total } = world.threads.keys((page - 1) * size, size);
		const threads = keys.map((key) => {
			const thread = world.threads.find(key);
			return thread ? listedId(thread) : key;
		});
		// `page` is a text here and `pages` a number (Flow.ai reference §9).
		const result = { threads, page: String(page), pages: Math.max(1, Math.ceil(total / size)) };
		if (isTrue(request.query, 'sync')) return { status: 'ok', result };
		emitResult(context, 'threads', AGENT_ID, result);
		return { status: 'ok' };
	});
}

/** One page of a history. Whether page 1 is the newest or the oldest is not known; a setting decides. */
export function history(
	context: Context,
	thread: Thread,
	id: string,
	page: number,
	withEvents: boolean,
): JsonObject {
	const entries = thread.entries.filter((entry) => withEvents || entry.event !== true);
	if (context.settings.historyOrder === 'newest') entries.reverse();
	const rows = entries.slice((page - 1) * PAGE, page * PAGE);
	return {
		history: rows.map((entry) => historyEntry(entry, context.settings)),
		threadId: id,
		page,
		pages: Math.max(1, Math.ceil(entries.length / PAGE)),
	};
}

function inserted(n: number): Parameters<FlowAiWorld['send']>[1] {
	const text = `Inserted while paging (${n + 1})`;
	return {
		kind: 'text',
		text,
		response: { type: 'text', payload: { text } },
		originator: { name: 'Fault', role: 'external' },
	};
}
