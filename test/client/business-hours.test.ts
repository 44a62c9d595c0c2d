import type { JsonObject } from '@convoflow/client';
import { openingOf, type Opening } from '../../nodes/flowai/project/opening';

type Hours = Readonly<Record<string, readonly string[]>>;

function calendar(
	timezone: string,
	hours: Hours,
	holidays: Readonly<Record<string, string>> = {},
): JsonObject {
	return {
		label: 'Front desk',
		timezone,
		weekdays: Object.entries(hours).map(([weekday, ranges]) => ({
			weekday,
			content: ranges.map((range) => {
				const [from = '', to = ''] = range.split('-');
				return { from, to };
			}),
		})),
		holidays: Object.entries(holidays).map(([date, holiday]) => ({ holiday, date })),
	};
}

const open = (closesAt: string | null): Opening => ({ isOpen: true, opensAt: null, closesAt, holiday: null });
const closed = (opensAt: string | null, holiday: string | null = null): Opening => ({
	isOpen: false,
	opensAt,
	closesAt: null,
	holiday,
});

const MINSK = '(UTC+03:00) Minsk';
const NEW_YORK = '(UTC-05:00) Eastern Time';
const INDIA = '(UTC+05:30) Chennai';
/** 2026-03-03 is a Tuesday. */
const DESK: Hours = { Monday: ['9:00-17:00'], Tuesday: ['8:05-12:00', '13:00-17:30'] };
const BAR: Hours = { Friday: ['18:00-2:00'], Saturday: ['18:00-24:00'], Sunday: ['0:00-1:30'] };

interface Case {
	readonly name: string;
	readonly of: JsonObject;
	readonly at: string;
	readonly zone?: string;
	readonly is: Opening;
}

const CASES: readonly Case[] = [
	{
		name: 'opens at an hour without a leading zero, to the minute',
		of: calendar(MINSK, DESK),
		at: '2026-03-03T05:05:00.000Z',
		is: open('2026-03-03T09:00:00.000Z'),
	},
	{
		name: 'is closed a moment before',
		of: calendar(MINSK, DESK),
		at: '2026-03-03T05:04:59.999Z',
		is: closed('2026-03-03T05:05:00.000Z'),
	},
	{
		name: 'closes when the range ends, and opens again after the break',
		of: calendar(MINSK, DESK),
		at: '2026-03-03T09:00:00.000Z',
		is: closed('2026-03-03T10:00:00.000Z'),
	},
	{
		name: 'opens next on another day of the week',
		of: calendar(MINSK, DESK),
		at: '2026-03-03T15:00:00.000Z',
		is: closed('2026-03-09T06:00:00.000Z'),
	},
	{
		name: 'west of Greenwich it is still the day before',
		of: calendar(NEW_YORK, DESK),
		at: '2026-03-03T00:30:00.000Z',
		is: closed('2026-03-03T13:05:00.000Z'),
	},
	{
		name: 'half hours of an offset count',
		of: calendar(INDIA, DESK),
		at: '2026-03-02T03:30:00.000Z',
		is: open('2026-03-02T11:30:00.000Z'),
	},
	{
		name: 'a range goes on past midnight',
		of: calendar('(UTC) London', BAR),
		at: '2026-03-07T01:00:00.000Z',
		is: open('2026-03-07T02:00:00.000Z'),
	},
	{
		name: 'a range up to 24:00 goes on in that of the next day',
		of: calendar('(UTC+00:00) London', BAR),
		at: '2026-03-07T23:59:00.000Z',
		is: open('2026-03-08T01:30:00.000Z'),
	},
	{
		name: 'a holiday is closed from midnight to midnight of the place',
		of: calendar(MINSK, DESK, { '2026-03-03T00:00:00.000Z': 'Holiday' }),
		at: '2026-03-03T06:00:00.000Z',
		is: closed('2026-03-09T06:00:00.000Z', 'Holiday'),
	},
	{
		name: 'a holiday may be written as the instant of its local midnight',
		of: calendar(MINSK, DESK, { '2026-03-02T21:00:00.000Z': 'Holiday' }),
		at: '2026-03-03T06:00:00.000Z',
		is: closed('2026-03-09T06:00:00.000Z', 'Holiday'),
	},
	{
		name: 'a holiday ends what began the evening before',
		of: calendar('(UTC) London', BAR, { '2026-03-07T00:00:00.000Z': 'Holiday' }),
		at: '2026-03-06T20:00:00.000Z',
		is: open('2026-03-07T00:00:00.000Z'),
	},
	{
		name: 'an IANA zone beats the label, in summer time too',
		of: calendar('(UTC+01:00) Stockholm', DESK),
		at: '2026-07-07T06:05:00.000Z',
		zone: 'Europe/Stockholm',
		is: open('2026-07-07T10:00:00.000Z'),
	},
	{
		name: 'an opening after the clocks change is told at the new offset',
		of: calendar('(UTC+01:00) Stockholm', DESK),
		at: '2026-03-27T12:00:00.000Z',
		zone: 'Europe/Stockholm',
		is: closed('2026-03-30T07:00:00.000Z'),
	},
	{
		name: 'a calendar without hours never opens',
		of: calendar(MINSK, { Monday: [] }),
		at: '2026-03-03T06:00:00.000Z',
		is: closed(null),
	},
	{
		name: 'one that is always open never closes',
		of: calendar(
			MINSK,
			Object.fromEntries(
				['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((day) => [
					day,
					['0:00-24:00'],
				]),
			),
		),
		at: '2026-03-03T06:00:00.000Z',
		is: open(null),
	},
	{
		name: 'a time that is none is left out',
		of: calendar(MINSK, { Tuesday: ['25:00-26:00', 'noon-13:00', '14:00-15:00'] }),
		at: '2026-03-03T06:00:00.000Z',
		is: closed('2026-03-03T11:00:00.000Z'),
	},
];

describe('business hours (001, Business hours)', () => {
	it.each(CASES)('$name', ({ of, at, zone, is }) => {
		expect(openingOf(of, Date.parse(at), zone)).toEqual(is);
	});

	it.each(['Stockholm', ''])('says nothing when the label "%s" names no offset', (timezone) => {
		expect(openingOf(calendar(timezone, DESK), 0)).toEqual({
			isOpen: null,
			opensAt: null,
			closesAt: null,
			holiday: null,
		});
	});

	it('reads nothing into a calendar of another form', () => {
		const at = Date.parse('2026-03-03T06:00:00.000Z');
		expect(openingOf({ timezone: MINSK, weekdays: 'always', holidays: [{ date: 5 }] }, at)).toEqual(
			closed(null),
		);
	});
});
