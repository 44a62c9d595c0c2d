import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context';
import { badRequest } from '../http/errors';
import { asObject, asString, type JsonObject } from '../json';
import type { Activity } from './activity';
import { StoryEvent } from '../seed/chatlayer';
import { dialogPath } from './dialogs';
import { readFilters } from './event-routes';
import { botOf, rangeOf, versionOf } from './scope';
import type { EventFilter, Tracking, TrackingEvent } from './tracking';

interface Step {
	order: number;
	eventId: string;
	filters: EventFilter[];
}

interface Funnel {
	start: number;
	end: number;
	version: string;
	strict: boolean;
	steps: Step[];
	filters: EventFilter[];
	breakdown?: string;
}

/** Both funnel calls (Chatlayer reference §4.7). A step of a flow funnel names a dialog, of an event funnel an event. */
export function funnelRoutes(
	app: FastifyInstance,
	context: Context,
	activity: Activity,
	tracking: Tracking,
): void {
	const answer = (funnel: Funnel, histories: Map<string, TrackingEvent[]>): JsonObject => {
		const cohorts = new Map<string, number[]>();
		for (const history of histories.values()) {
			const reached = progress(funnel, history);
			if (reached === 0) continue;
			const cohort = funnel.breakdown === undefined ? '' : property(history[0], funnel.breakdown);
			const counts = cohorts.get(cohort) ?? funnel.steps.map(() => 0);
			cohorts.set(cohort, counts);
			for (let n = 0; n < reached; n += 1) counts[n] = (counts[n] ?? 0) + 1;
		}
		if (cohorts.size === 0)
			cohorts.set(
				'',
				funnel.steps.map(() => 0),
			);
		const result = [...cohorts]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([breakdown_value, counts]) => ({
				values: funnel.steps.map((step, n) => ({
					event_id: step.eventId,
					count: counts[n] ?? 0,
					order: context.settings.int64AsString ? String(step.order) : step.order,
					breakdown_value,
				})),
			}));
		return { result };
	};

	app.post('/bots/:bot_id/events/funnel', (request) => {
		const funnel = readFunnel(request, tracking);
		const histories = new Map<string, TrackingEvent[]>();
		tracking.forEach(funnel.start, funnel.end, (event) => {
			if (event.version === funnel.version && funnel.filters.every((filter) => filter(event)))
				push(funnel, histories, event instanceof StoryEvent ? event.fixed() : event);
		});
		return answer(funnel, histories);
	});

	app.post('/bots/:bot_id/flows/funnel', (request) => {
		const funnel = readFunnel(request);
		const histories = new Map<string, TrackingEvent[]>();
		activity.forEach(funnel.start, funnel.end, (conversation) => {
			if (conversation.version !== funnel.version) return;
			for (const dialog of dialogPath(conversation)) {
				push(funnel, histories, {
					id: '',
					event: dialog,
					version: conversation.version,
					userId: conversation.id,
					channel: conversation.channel,
					conversationId: conversation.id,
					attributes: { language: conversation.language },
					at: conversation.start,
				});
			}
		});
		return answer(funnel, histories);
	});
}

/** A history belongs to one user, and to one value of the property that breaks the funnel down. */
function push(funnel: Funnel, histories: Map<string, TrackingEvent[]>, event: TrackingEvent): void {
	const key = `${event.userId}\u0000${funnel.breakdown === undefined ? '' : property(event, funnel.breakdown)}`;
	const history = histories.get(key);
	if (history) history.push(event);
	else histories.set(key, [event]);
}

/** How many steps were done in order; `strict` allows nothing in between. */
function progress(funnel: Funnel, history: TrackingEvent[]): number {
	const fits = (event: TrackingEvent, step: Step): boolean =>
		event.event === step.eventId && step.filters.every((filter) => filter(event));
	let best = 0;
	for (let from = 0; from < history.length; from += 1) {
		let [done, at] = [0, from];
		while (done < funnel.steps.length && at < history.length) {
			const [event, step] = [history[at], funnel.steps[done]];
			if (event && step && fits(event, step)) done += 1;
			else if (funnel.strict || done === 0) break;
			at += 1;
		}
		best = Math.max(best, done);
	}
	return best;
}

function property(event: TrackingEvent | undefined, name: string): string {
	if (!event) return '';
	return event.attributes[name] ?? { channel_type: event.channel, version: event.version }[name] ?? '';
}

function readFunnel(request: FastifyRequest, tracking?: Tracking): Funnel {
	botOf(request);
	const body = asObject(request.body);
	const version = versionOf(body);
	const { start, end } = rangeOf(body);
	const steps = body['steps'];
	if (!Array.isArray(steps) || steps.length === 0) throw badRequest('steps must be a list that is not empty');
	const type = body['order_type'] ?? 'sequential';
	if (type !== 'strict' && type !== 'sequential') throw badRequest('order_type must be strict or sequential');
	const breakdown = asString(body['breakdown_property']);
	const read = steps.map((item, n): Step => {
		const { order, event_id: id, properties } = asObject(item);
		if (typeof id !== 'string' || id === '') throw badRequest(`steps[${n}].event_id must be a text`);
		// Whether a name or the id of a definition is meant is not published: both are taken.
		const eventId = tracking?.definitions.find((definition) => definition.id === id)?.event ?? id;
		return { order: typeof order === 'number' ? order : n + 1, eventId, filters: readFilters(properties) };
	});
	read.sort((a, b) => a.order - b.order);
	return {
		start,
		end,
		version,
		strict: type === 'strict',
		steps: read,
		filters: readFilters(body['properties']),
		...(breakdown ? { breakdown } : {}),
	};
}
