import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context';
import { AGENT_ID } from '../../options';
import { emitResult } from '../events';
import { isTrue } from './scope';

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

/** Row 3 of Flow.ai reference §2.2. */
export function businessHoursRoutes(app: FastifyInstance, context: Context): void {
	app.get('/businesshours', (request) => {
		const result = { businessHours: BUSINESS_HOURS };
		// No `result` wrapper here.
		if (isTrue(request.query, 'sync')) return { status: 'ok', ...result };
		emitResult(context, 'businessHours', AGENT_ID, result);
		return { status: 'ok' };
	});
}
