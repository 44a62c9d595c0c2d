import type { FastifyInstance } from 'fastify';
import { notFound } from '../http/errors';
import { integer, text, time } from '../http/params';
import type { JsonObject } from '../json';
import { xoId, type XoConversation } from './model';
import type { FlowXoWorld } from './world';

const OUTCOMES = ['completed', 'completed', 'filtered', 'abandoned', 'failed'];

/** Flow runs, one for each conversation; seen in use, not documented (Flow XO reference §6). */
export function interactionRoutes(app: FastifyInstance, world: FlowXoWorld): void {
	app.get('/interactions', (request) => {
		const [page, limit] = [
			integer(request.query, 'page', 1, 1),
			integer(request.query, 'limit', 100, 1, 100),
		];
		const [start, end] = [time(request.query, 'start') ?? -Infinity, time(request.query, 'end') ?? Infinity];
		const [status, workflow] = [text(request.query, 'status'), text(request.query, 'workflow')];
		const skip = (page - 1) * limit;
		// Every condition has to be looked at row by row, so only the first rows are offered.
		const { rows } = world.store.page(0, 1_000, {});
		const all = rows.map(interactionOf).filter((row) => {
			const at = Date.parse(String(row['created_at']));
			const fits =
				(status === undefined || row['result'] === status) &&
				(workflow === undefined || row['workflow'] === workflow);
			return fits && at >= start && at <= end;
		});
		const interactions = all.slice(skip, skip + limit);
		return { interactions, hasMore: skip + interactions.length < all.length, total: all.length, skip };
	});

	app.get('/interactions/:request', (request) => {
		const id = (request.params as { request: string }).request;
		const { rows } = world.store.page(0, 1_000, {});
		const conversation = rows.find((row) => interactionOf(row)['request'] === id);
		if (!conversation) throw notFound(`There is no interaction ${id}`);
		return { tasks: [{ ...interactionOf(conversation), response_path: xoId(conversation) }] };
	});
}

function interactionOf(conversation: XoConversation): JsonObject {
	const digits = conversation.userId.replace(/\D/g, '').slice(-6).padStart(6, '0');
	return {
		_id: `67aa00000000000000${digits}`,
		task_log_type: 'trigger',
		workflow: '64c0ffee1234567890abcde1',
		workflow_name: 'Opening hours',
		request: `rq-${digits}`,
		result: OUTCOMES[Number(digits) % OUTCOMES.length],
		bot: conversation.botId,
		bot_name: conversation.botName,
		bot_integration: conversation.platform,
		created_at: new Date(conversation.createdAt).toISOString(),
	};
}
