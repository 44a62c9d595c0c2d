import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { badRequest, notFound } from '../http/errors';
import { list, text } from '../http/params';
import type { JsonObject } from '../json';
import type { Activity } from './activity';
import { filterOf } from './conversations';
import { dialogPath, DIALOGS, DROPOFF, START } from './dialogs';
import { botOf, need, rangeOf, versionOf } from './scope';

const step = (id: string): JsonObject => ({ id, type: 'dialog' });

/** Flow of a conversation, flow steps and edges (Chatlayer reference §4.1, §4.4). */
export function flowRoutes(app: FastifyInstance, context: Context, activity: Activity): void {
	const int64 = (value: number): number | string => (context.settings.int64AsString ? String(value) : value);
	/** Paths of the conversations that match, each with its end. */
	const paths = (query: unknown): string[][] => {
		const { start, end } = rangeOf(query);
		const matches = filterOf(query);
		const found: string[][] = [];
		activity.forEach(start, end, (c) => {
			if (matches(c)) found.push([...dialogPath(c), DROPOFF]);
		});
		return found;
	};
	const known = (id: string): string => {
		if (id !== START && !DIALOGS.includes(id)) throw notFound(`There is no step ${id}`);
		return id;
	};
	const stepId = (request: { params: unknown }): string =>
		known((request.params as { step_id: string }).step_id);

	app.get('/bots/:bot_id/conversations/:conversation_id/flow', (request) => {
		const bot_id = botOf(request);
		const { start, end } = rangeOf(request.query);
		const version = versionOf(request.query);
		const conversation_id = (request.params as { conversation_id: string }).conversation_id;
		const conversation = activity.find(conversation_id);
		const inside =
			conversation &&
			conversation.start >= start &&
			conversation.start < end &&
			conversation.version === version;
		if (!inside) throw notFound(`There is no conversation ${conversation_id} in this range`);
		const path = dialogPath(conversation);
		const message = text(request.query, 'message_id');
		const transitions = path
			.slice(1)
			.map((to, n) => ({
				id: `${conversation_id}-t${n + 1}`,
				from_step: step(path[n] ?? START),
				to_step: step(to),
				depth: int64(n + 1),
				timestamp: new Date(conversation.start + (n + 1) * 5_000).toISOString(),
			}))
			// The n-th transition belongs to the n-th message.
			.filter((_, n) => message === undefined || message === `msg-${n + 1}`);
		return { bot_id, conversation_id, user_id: conversation.userId, transitions };
	});

	app.get('/bots/:bot_id/flows', (request) => {
		botOf(request);
		const wanted = list(request.query, 'path');
		const counts = new Map<string, number>();
		for (const path of paths(request.query)) {
			const next = path[wanted.length];
			if (next === undefined || !wanted.every((id, n) => path[n] === id)) continue;
			counts.set(next, (counts.get(next) ?? 0) + 1);
		}
		const nodes = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
		return { nodes: nodes.map(([id, count]) => ({ id, occurrences: int64(count) })) };
	});

	app.get('/bots/:bot_id/flows/:step_id', (request) => {
		botOf(request);
		const id = stepId(request);
		const through = paths(request.query).filter((path) => path.includes(id));
		const drops = through.filter((path) => path.at(-2) === id).length;
		return {
			message_count: int64(through.length * 2),
			drop_off_count: int64(drops),
			conversation_count: int64(through.length),
		};
	});

	app.get('/bots/:bot_id/flows/:step_id/edges', (request) => {
		botOf(request);
		const id = stepId(request);
		const type = need(request.query, 'type');
		if (type !== 'sources' && type !== 'targets') throw badRequest('type must be sources or targets');
		const counts = new Map<string, number>();
		for (const path of paths(request.query)) {
			const at = path.indexOf(id);
			const other = at < 0 ? undefined : path[type === 'sources' ? at - 1 : at + 1];
			if (other !== undefined) counts.set(other, (counts.get(other) ?? 0) + 1);
		}
		const edges = [...counts]
			.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
			.map(([other, count]) => ({
				count: int64(count),
				from_step: step(type === 'sources' ? other : id),
				to_step: step(type === 'sources' ? id : other),
				id: other,
				type: 'dialog',
			}));
		return { edges };
	});
}
