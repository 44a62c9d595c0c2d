import type { JsonObject } from '@convoflow/client';
import { answer, rejection } from '../support/fake-ports';
import { NO_BODY, REST, run } from './flowai-harness';

const DESK: JsonObject = {
	label: 'Front desk',
	timezone: '(UTC+03:00) Minsk',
	weekdays: [{ weekday: 'Tuesday', content: [{ from: '8:05', to: '12:00' }] }],
	holidays: [],
};
const BAR: JsonObject = { label: 'Bar', timezone: 'no offset', weekdays: [], holidays: [] };
const HOURS = [answer({ status: 'ok', businessHours: [DESK, BAR] })];
const TUESDAY = '2026-03-03T06:00:00.000Z';

describe('Get Business Hours (001, Business hours)', () => {
	it('tells each calendar’s opening, flat or beside the untouched calendar', async () => {
		const { rows, sent } = await run('project.getBusinessHours', { at: TUESDAY }, HOURS);
		expect(sent).toEqual([{ method: 'GET', url: `${REST}/businesshours?sync=true`, headers: NO_BODY }]);
		const isNull = { isOpen: null, opensAt: null, closesAt: null, holiday: null };
		const isOpen = { isOpen: true, opensAt: null, closesAt: '2026-03-03T09:00:00.000Z', holiday: null };
		expect(rows).toEqual([
			{ calendar: 'Front desk', timezone: '(UTC+03:00) Minsk', ...isOpen },
			{ calendar: 'Bar', timezone: 'no offset', ...isNull },
		]);
		const raw = await run('project.getBusinessHours', { at: TUESDAY, simplify: false }, HOURS);
		expect(raw.rows).toEqual([
			{ ...DESK, ...isOpen },
			{ ...BAR, ...isNull },
		]);
	});

	it('tells about now where no moment is given', async () => {
		const { rows, ports } = await run('project.getBusinessHours', { calendar: 'front desk ' }, HOURS);
		const again = { calendar: 'Front desk', at: new Date(ports.clock.now()).toISOString() };
		expect((await run('project.getBusinessHours', again, HOURS)).rows).toEqual(rows);
		expect(rows).toHaveLength(1);
	});

	it('takes the given zone for a calendar whose label names no offset', async () => {
		const input = { calendar: 'Bar', timeZone: 'Europe/Stockholm', at: TUESDAY };
		expect((await run('project.getBusinessHours', input, HOURS)).rows).toMatchObject([{ isOpen: false }]);
	});

	it('only asks when the answer goes to the webhook', async () => {
		const { rows, sent } = await run('project.getBusinessHours', { answer: 'webhook' });
		expect(sent).toEqual([{ method: 'GET', url: `${REST}/businesshours`, headers: NO_BODY }]);
		expect(rows).toEqual([{ status: 'ok' }]);
	});

	it('refuses a calendar that is not there, naming those that are, and a zone that is none', async () => {
		expect(await rejection(run('project.getBusinessHours', { calendar: 'Kitchen' }, HOURS))).toMatchObject({
			field: 'calendar',
			message: 'Calendar must be one of: Front desk, Bar',
		});
		expect(await rejection(run('project.getBusinessHours', { timeZone: 'Minsk' }, HOURS))).toMatchObject({
			field: 'timeZone',
		});
	});
});
