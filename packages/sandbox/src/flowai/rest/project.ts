import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context';
import { badRequest, notFound } from '../../http/errors';
import { text } from '../../http/params';
import { AGENT_ID } from '../../options';
import { emitResult } from '../events';
import { eventMessage } from '../read-message';
import type { FlowAiWorld } from '../world';
import { isTrue, threadIdOf } from './scope';

/** Hours have no leading zero, the zone is a label for humans, dates are ISO (Flow.ai reference §2.3). */
const BUSINESS_HOURS = [
	{
		label: 'Front desk',
		timezone: '(UTC+01:00) Stockholm',
		weekdays: [
			{ weekday: 'Monday', content: [{ from: '9:00', to: '17:00' }] },
			{
				weekday: 'Tuesday',
				content: [
					{ from: '8:05', to: '12:00' },
					{ from: '13:00', to: '17:30' },
				],
			},
			{ weekday: 'Sunday', content: [] },
		],
		holidays: [{ holiday: 'Midsummer', date: '2019-06-21T00:00:00.000Z' }],
	},
];

/** Names of events whose manual trigger is enabled. */
const TRIGGERS = ['WELCOME', 'CART_LEFT'];

/** Business hours and manual triggers: rows 3, 12 and 13 of Flow.ai reference §2.2. */
export function projectRoutes(app: FastifyInstance, context: Context, world: FlowAiWorld): void {
	app.get('/businesshours', (request) => {
		const result = { businessHours: BUSINESS_HOURS };
		// No `result` wrapper here.
		if (isTrue(request.query, 'sync')) return { status: 'ok', ...result };
		emitResult(context, 'businessHours', AGENT_ID, result);
		return { status: 'ok' };
	});

	app.get('/trigger/event', (request) => {
		const result = { items: TRIGGERS };
		if (isTrue(request.query, 'sync')) return { status: 'ok', result };
		emitResult(context, 'triggerEvents', AGENT_ID, result);
		return { status: 'ok' };
	});

	app.post('/trigger/event/:threadId', async (request) => {
		const name = text(request.query, 'eventName');
		if (name === undefined) throw badRequest('eventName is required');
		if (!TRIGGERS.includes(name)) throw notFound(`There is no event ${name} with an enabled manual trigger`);
		const id = threadIdOf(request);
		const thread = world.threads.find(id);
		if (!thread) throw notFound(`There is no thread ${id}`);
		const open = world.threads.open(id, thread.channel, thread.user);
		const done = world.send(open, eventMessage(name, { originator: thread.user }));
		if (isTrue(request.query, 'writeConcern')) await done;
		return { status: 'ok' };
	});
}
