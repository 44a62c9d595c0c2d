import { answer, rejection } from '../support/fake-ports';
import { asked, hourly, run } from './chatlayer-harness';

const CONVERSATIONS = 'analytics.getConversations';
const BOT = { botId: 'k3v9x2ab' };
const custom = (startTime: string, endTime: string): Record<string, unknown> => ({
	...BOT,
	period: 'custom',
	startTime,
	endTime,
});

describe('time ranges: start inclusive, end exclusive', () => {
	// It is Wednesday, 18 March 2026, 09:30 UTC.
	it.each([
		['last7Days', 'UTC', '2026-03-11T00:00:00.000Z', '2026-03-18T00:00:00.000Z'],
		['yesterday', 'UTC', '2026-03-17T00:00:00.000Z', '2026-03-18T00:00:00.000Z'],
		['thisMonth', 'UTC', '2026-03-01T00:00:00.000Z', '2026-03-19T00:00:00.000Z'],
		['last7Days', 'Europe/Stockholm', '2026-03-10T23:00:00.000Z', '2026-03-17T23:00:00.000Z'],
		['yesterday', 'America/New_York', '2026-03-17T04:00:00.000Z', '2026-03-18T04:00:00.000Z'],
		// There it is the 18th already, at 23:30.
		['yesterday', 'Pacific/Kiritimati', '2026-03-16T10:00:00.000Z', '2026-03-17T10:00:00.000Z'],
		['thisMonth', 'Asia/Kolkata', '2026-02-28T18:30:00.000Z', '2026-03-18T18:30:00.000Z'],
	])('%s in %s', async (period, timeZone, start, end) => {
		const { ports } = await run(CONVERSATIONS, { ...BOT, period, timeZone, bucket: '1h' });
		expect([asked(ports, 'start_time'), asked(ports, 'end_time')]).toEqual([[start], [end]]);
	});

	it('reads a date alone as its midnight in the zone, and a time with a zone as it is', async () => {
		const { ports } = await run(CONVERSATIONS, {
			...custom('2026-03-01', '2026-03-08T12:00:00+02:00'),
			timeZone: 'Europe/Stockholm',
			bucket: '1h',
		});
		expect(asked(ports, 'start_time')).toEqual(['2026-02-28T23:00:00.000Z']);
		expect(asked(ports, 'end_time')).toEqual(['2026-03-08T10:00:00.000Z']);
	});

	it.each([
		['UTC', '2026-03-01T00:00:00.000Z', '2026-03-08T18:30:00.000Z'],
		['Europe/Stockholm', '2026-02-28T23:00:00.000Z', '2026-03-08T17:30:00.000Z'],
	])(
		'reads a time without a zone, as n8n’s picker gives it, in %s where that is chosen',
		async (zone, start, end) => {
			const { ports } = await run(CONVERSATIONS, {
				...custom('2026-03-01T00:00:00', '2026-03-08T18:30'),
				timeZone: zone,
				bucket: '1h',
			});
			expect([asked(ports, 'start_time'), asked(ports, 'end_time')]).toEqual([[start], [end]]);
		},
	);

	it('reads a time without a zone in UTC where days are those of UTC', async () => {
		const { ports } = await run('analytics.getUsers', custom('2026-03-01T00:00:00', '2026-03-08 00:00'));
		expect(asked(ports, 'start_time')).toEqual(['2026-03-01T00:00:00.000Z']);
		expect(asked(ports, 'end_time')).toEqual(['2026-03-08T00:00:00.000Z']);
	});

	it.each([
		[custom('2026-03-02', '2026-03-01'), 'startTime'],
		[custom('2026-03-01', '2026-03-01'), 'startTime'],
		[{ ...custom('2026-03-01', '2026-03-02'), bucket: '1d' }, 'bucket'],
		[{ ...custom('2026-03-01', '2026-03-08'), bucket: '1w' }, 'bucket'],
		[{ ...custom('2026-03-01T00:00:00Z', '2026-03-01T01:00:00Z'), bucket: '1h' }, 'bucket'],
		[{ ...BOT, period: 'yesterday', bucket: '1w' }, 'bucket'],
		[{ ...BOT, timeZone: 'Europe/Atlantis' }, 'timeZone'],
		[{ ...custom('2026-03-01', '2026-03-08'), startTime: '' }, 'startTime'],
	])('refuses %j before any request', async (raw, field) => {
		const failing = run(CONVERSATIONS, raw, [new Error('a request went out')]);
		expect(await rejection(failing)).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT', field });
	});

	it('leaves the bucket out where the user leaves it to Chatlayer', async () => {
		const { ports } = await run(CONVERSATIONS, { ...BOT, bucket: 'none' });
		expect(asked(ports, 'bucket')).toEqual([null]);
	});

	it('asks a long range of hours in pieces, cut at UTC midnight', async () => {
		const { ports, rows } = await run(
			CONVERSATIONS,
			{ ...custom('2026-01-01', '2026-03-01'), bucket: '1h' },
			[hourly(() => 1)],
		);
		expect(asked(ports, 'start_time')).toEqual(['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']);
		expect(rows).toHaveLength(59 * 24);
	});
});

describe('days of another zone are summed from hours', () => {
	const inStockholm = { timeZone: 'Europe/Stockholm', bucket: '1d' };

	it.each([
		['the clocks go forward', '2026-03-28', '2026-03-31', [24, 23, 24]],
		['the clocks go back', '2026-10-24', '2026-10-27', [24, 25, 24]],
	])('%s', async (_name, start, end, hours) => {
		const raw = { ...custom(start, end), ...inStockholm };
		const { rows, ports } = await run(CONVERSATIONS, raw, [hourly(() => 1)]);
		expect(asked(ports, 'bucket')).toEqual(['1h']);
		expect(rows.map(({ value }) => value)).toEqual(hours);
		expect(rows[0]?.['x']).toBe(start);
	});

	it('gives each row the instant at which its day begins there', async () => {
		const raw = { ...custom('2026-03-28', '2026-03-31'), ...inStockholm };
		const { rows } = await run(CONVERSATIONS, raw, [hourly(() => 1)]);
		expect(rows.map(({ time }) => time)).toEqual([
			'2026-03-27T23:00:00.000Z',
			'2026-03-28T23:00:00.000Z',
			'2026-03-29T22:00:00.000Z',
		]);
	});

	it('sums weeks to the Mondays of the zone', async () => {
		const raw = { ...custom('2026-03-23', '2026-04-06'), ...inStockholm, bucket: '1w' };
		const { rows } = await run(CONVERSATIONS, raw, [hourly(() => 1)]);
		expect(rows.map(({ x, value }) => [x, value])).toEqual([
			['2026-03-23', 167],
			['2026-03-30', 168],
		]);
	});

	it('works where the zone is half an hour off, as long as the hours begin with its days', async () => {
		const raw = { ...custom('2026-03-01', '2026-03-03'), timeZone: 'Asia/Kolkata', bucket: '1d' };
		const { rows } = await run(CONVERSATIONS, raw, [hourly(() => 1)]);
		expect(rows.map(({ value }) => value)).toEqual([24, 24]);
	});

	it.each([
		['an hour belongs to two days', '2026-02-28T18:00:00Z'],
		['an x is no time', 'hour 7'],
	])('says so rather than sum wrongly when %s', async (_name, x) => {
		const raw = { ...custom('2026-03-01', '2026-03-03'), timeZone: 'Asia/Kolkata', bucket: '1d' };
		const odd = answer({ data: { x_values: [x], series: [{ values: [1] }] } });
		expect(await rejection(run(CONVERSATIONS, raw, [odd]))).toMatchObject({
			code: 'CHATLAYER_HOURS_UNCLEAR',
		});
	});

	it('sums a single day that the user did not measure out: Yesterday by day', async () => {
		const { rows } = await run(CONVERSATIONS, { ...BOT, period: 'yesterday' }, [hourly(() => 2)]);
		expect(rows).toMatchObject([{ x: '2026-03-17', value: 48 }]);
	});

	it('never sums users, who would count once an hour', async () => {
		const { ports } = await run('analytics.getUsers', { ...BOT, timeZone: 'Europe/Stockholm' });
		expect(asked(ports, 'bucket')).toEqual(['1d']);
		expect(asked(ports, 'start_time')).toEqual(['2026-03-11T00:00:00.000Z']);
	});
});

describe('output', () => {
	it('summary asks for the equally long time before, by days of the zone', async () => {
		const raw = {
			...custom('2026-03-29', '2026-03-31'),
			timeZone: 'Europe/Stockholm',
			bucket: '1d',
			output: 'summary',
		};
		const { rows, ports } = await run(CONVERSATIONS, raw, [hourly(() => 1)]);
		expect(asked(ports, 'start_time')).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-26T23:00:00.000Z']);
		expect(asked(ports, 'end_time')[1]).toBe('2026-03-28T23:00:00.000Z');
		expect(rows).toMatchObject([{ sum: 47, points: 2, mean: 23.5, previous_sum: 48, change_percent: -2.1 }]);
	});

	it('summary of a range that is no whole days shifts it by its length', async () => {
		const raw = {
			...custom('2026-03-01T10:00:00Z', '2026-03-01T16:00:00Z'),
			bucket: '1h',
			output: 'summary',
		};
		const { ports } = await run(CONVERSATIONS, raw, [hourly(() => 1)]);
		expect(asked(ports, 'start_time')[1]).toBe('2026-03-01T04:00:00.000Z');
	});

	it('raw gives the one answer untouched', async () => {
		const body = { data: { series: [{ values: ['7'], odd: true }] }, more: 1 };
		const { rows } = await run(CONVERSATIONS, { ...BOT, output: 'raw' }, [answer(body)]);
		expect(rows).toEqual([body]);
	});

	it.each(['rows', 'table', 'summary'])('%s of an empty answer is empty', async (output) => {
		for (const body of [{}, { data: {} }, { data: { series: [], x_values: [] } }]) {
			expect((await run(CONVERSATIONS, { ...BOT, output }, [answer(body)])).rows).toEqual([]);
		}
	});
});
