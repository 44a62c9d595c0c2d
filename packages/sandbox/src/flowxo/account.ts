import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { badRequest, notFound } from '../http/errors';
import { text, time } from '../http/params';
import { asObject, asString } from '../json';
import { insights, type Unit } from './insights';
import type { FlowXoWorld } from './world';

const UNITS: readonly string[] = ['hour', 'day', 'month'];
const MONTH = 30 * 24 * 3_600_000;
const TEAM = [
	{ _id: '64c0ffee1234567890abcf01', name: 'Ada', email: 'ada@example.com', role: 'Owner' },
	{ _id: '64c0ffee1234567890abcf02', name: 'Ben', email: 'ben@example.com', role: 'Agent' },
];
const FIELDS = ['email', 'company_name', 'given_name', 'family_name', 'role', 'timezone'];

/** Analytics, flows, sub-accounts and team members (Flow XO reference §6). */
export function accountRoutes(app: FastifyInstance, context: Context, world: FlowXoWorld): void {
	app.get('/insights', (request) => {
		const unit = text(request.query, 'unit') ?? 'day';
		if (!UNITS.includes(unit)) throw badRequest('unit must be hour, day or month');
		const offset = Number(text(request.query, 'offset') ?? 0);
		if (!Number.isInteger(offset) || Math.abs(offset) > 14 * 60)
			throw badRequest('offset must be minutes from UTC');
		const end = time(request.query, 'end') ?? context.clock.now();
		const start = time(request.query, 'start') ?? end - MONTH;
		if (start >= end) throw badRequest('start must be before end');
		return insights(world, { start, end, offset, unit: unit as Unit });
	});

	app.get('/workflows/simple', () => world.account.flows);
	// The path is inferred, method and body are documented (Flow XO reference §6).
	app.put('/workflows/:id', (request) => {
		const id = (request.params as { id: string }).id;
		const flow = world.account.flows.find((candidate) => candidate._id === id);
		if (!flow) throw notFound(`There is no flow ${id}`);
		const active = asObject(request.body)['active'];
		if (typeof active !== 'boolean') throw badRequest('active must be true or false');
		flow.active = active;
		context.bus.emit({ topic: 'settings' });
		return flow;
	});

	app.get('/users/subaccounts', () => ({
		accounts: world.account.subAccounts.map(({ api_key: _secret, ...rest }) => rest),
	}));
	app.post('/users/subaccounts', (request) => {
		const body = asObject(request.body);
		if (!asString(body['email'])?.includes('@')) throw badRequest('email must be an e-mail address');
		const known = Object.fromEntries(FIELDS.filter((key) => key in body).map((key) => [key, body[key]]));
		const account = {
			_id: context.ids.nextHex24(),
			api_key: `sandbox-${context.ids.next('subaccount-key')}`,
			parent_account: '64c0ffee1234567890abc000',
			timezone: 'Europe/London',
			company_name: '',
			...known,
			created_at: new Date(context.clock.now()).toISOString(),
			usage: { rateable_workflows: 0, rateable_workflows_limit: 5, rateable_bots: 0, rateable_bots_limit: 1 },
		};
		world.account.subAccounts.push(account);
		context.bus.emit({ topic: 'settings' });
		return { account };
	});

	// Shapes unknown (Flow XO reference §6).
	app.get('/team_members', () => TEAM);
}
