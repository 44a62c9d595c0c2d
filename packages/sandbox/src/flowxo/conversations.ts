import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context';
import { listFaults, pageRows } from '../faults/lists';
import { notFound } from '../http/errors';
import { integer, time } from '../http/params';
import type { JsonObject } from '../json';
import { conversationView, messageView, type XoConversation } from './model';
import type { FlowXoWorld } from './world';

/** Default page size: the sample echoes it (Flow XO reference §2). */
const DEFAULT_LIMIT = 25;

/** The three core calls (Flow XO reference §2). */
export function conversationRoutes(app: FastifyInstance, context: Context, world: FlowXoWorld): void {
	const find = (request: FastifyRequest): XoConversation => {
		const id = (request.params as { id: string }).id;
		const conversation = world.store.find(id);
		if (!conversation) throw notFound(`There is no conversation ${id}`);
		return conversation;
	};
	const page = (request: FastifyRequest): { skip: number; limit: number } => ({
		skip: integer(request.query, 'skip', 0, 0),
		limit: integer(request.query, 'limit', DEFAULT_LIMIT, 0, context.settings.flowXoMaxLimit),
	});

	app.get('/conversations', (request) => {
		const { skip, limit } = page(request);
		const [start, end] = [time(request.query, 'start'), time(request.query, 'end')];
		const fault = listFaults(request, world.changes);
		const size = Math.min(limit, fault.maxLimit ?? limit);
		const { rows, total } = world.store.page(fault.ignoreSkip === true ? 0 : skip, size, {
			...(start !== undefined ? { start } : {}),
			...(end !== undefined ? { end } : {}),
		});
		const conversations = pageRows(rows, fault).map(conversationView);
		if (fault.wrap === 'array') return conversations;
		const withTotal = context.settings.flowXoTotal && fault.total !== 'omit';
		const shown = typeof fault.total === 'number' ? fault.total : total;
		return { ...(withTotal ? { total: shown } : {}), skip, limit: size, conversations } satisfies JsonObject;
	});

	app.get('/conversations/:id', (request) => conversationView(find(request)));

	app.get('/conversations/:id/messages', (request) => {
		const conversation = find(request);
		const { skip, limit } = page(request);
		const fault = listFaults(request, {
			insert: (count) => {
				for (let n = 0; n < count; n += 1)
					world.sendAsBot(conversation, 'text', { message: `Inserted ${n + 1}`, options: null });
			},
			remove: (count) => void conversation.messages.splice(-count, count),
		});
		const size = Math.min(limit, fault.maxLimit ?? limit);
		const from = fault.ignoreSkip === true ? 0 : skip;
		const newest = conversation.messages
			.map((_, n, all) => all[all.length - 1 - n])
			.filter((m) => m !== undefined);
		const rows = pageRows(newest.slice(from, from + size), fault).map((message) =>
			messageView(conversation, message),
		);
		return context.settings.flowXoWrapMessages || fault.wrap === 'object' ? { messages: rows } : rows;
	});
}
