import { badRequest } from '../http/errors';
import type { JsonObject } from '../json';
import { xoId } from './model';
import type { FlowXoWorld } from './world';

export type Unit = 'hour' | 'day' | 'month';

interface Query {
	start: number;
	end: number;
	/** Minutes from UTC. */
	offset: number;
	unit: Unit;
}

interface Counter {
	active: Set<string>;
	users: number;
	received: number;
	sent: number;
}

const LENGTH: Record<Unit, number> = { hour: 13, day: 10, month: 7 };
const MOST = 10_000;

/** Account analytics counted from the conversations held (Flow XO reference §6). A trigger is a message received. */
export function insights(world: FlowXoWorld, query: Query): JsonObject {
	const nameOf = (at: number): string =>
		new Date(at + query.offset * 60_000).toISOString().slice(0, LENGTH[query.unit]);
	const units = new Map<string, Counter>();
	for (let at = query.start; at < query.end; at = nextUnit(at, query)) {
		if (units.size >= MOST) throw badRequest('The range is too long for the unit');
		units.set(nameOf(at), counter());
	}
	const whole = counter();
	let known = 0;
	world.store.visit(
		(conversation) => {
			const unit = (at: number): Counter | undefined =>
				at >= query.start && at < query.end ? units.get(nameOf(at)) : undefined;
			const born = unit(conversation.createdAt);
			if (born) {
				born.users += 1;
				whole.users += 1;
			}
			const id = xoId(conversation);
			for (const message of conversation.messages) {
				const counted = unit(message.at);
				if (!counted) continue;
				for (const target of [counted, whole]) {
					target.active.add(id);
					if (message.role === 'bot') target.sent += 1;
					else target.received += 1;
				}
			}
		},
		(created, active) => {
			if (created < query.end) known += 1;
			return created < query.end && active >= query.start;
		},
	);
	const write = (counted: Counter): JsonObject => ({
		active_users: counted.active.size,
		total_users: known,
		new_users: counted.users,
		triggers: counted.received,
		received_messages: counted.received,
		sent_messages: counted.sent,
	});
	const metrics = [...units].map(([name, counted]) => ({
		_id: name,
		_timestamp: new Date(
			`${name}${{ hour: ':00:00', day: 'T00:00:00', month: '-01T00:00:00' }[query.unit]}.000Z`,
		).toISOString(),
		...write(counted),
	}));
	return { stats: [write(whole)], metrics };
}

const counter = (): Counter => ({ active: new Set(), users: 0, received: 0, sent: 0 });

/** Start of the next unit in the caller's zone. */
function nextUnit(at: number, { offset, unit }: Query): number {
	const local = new Date(at + offset * 60_000);
	if (unit === 'hour') local.setUTCHours(local.getUTCHours() + 1, 0, 0, 0);
	else if (unit === 'day') local.setUTCHours(24, 0, 0, 0);
	else local.setTime(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 1));
	return local.getTime() - offset * 60_000;
}
