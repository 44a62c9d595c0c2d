import { readDateTime } from '@convoflow/kit';
import fc from 'fast-check';

const ZONES = [
	'UTC',
	'Europe/Stockholm',
	'America/New_York',
	'Asia/Kolkata',
	'Pacific/Auckland',
	'Australia/Lord_Howe',
];

describe('readDateTime', () => {
	it.each([
		['2026-03-01', 'UTC', '2026-03-01'],
		[' 2026-03-01 ', 'Asia/Kolkata', '2026-03-01'],
		['2024-02-29', 'UTC', '2024-02-29'],
		['2026-03-01T08:00:00Z', 'Asia/Kolkata', '2026-03-01T08:00:00.000Z'],
		['2026-03-01t08:00z', 'UTC', '2026-03-01T08:00:00.000Z'],
		['2026-03-01 08:00', 'UTC', '2026-03-01T08:00:00.000Z'],
		['2026-03-01T08:00:00.123456789Z', 'UTC', '2026-03-01T08:00:00.123Z'],
		['2026-03-01T08:00:00,5Z', 'UTC', '2026-03-01T08:00:00.500Z'],
		['2026-03-01T08:00:00+05:30', 'UTC', '2026-03-01T02:30:00.000Z'],
		['2026-03-01T08:00:00-0800', 'UTC', '2026-03-01T16:00:00.000Z'],
		['2026-03-01 08:00:00+00', 'UTC', '2026-03-01T08:00:00.000Z'],
		['2026-03-01T08:00:00', 'Asia/Kolkata', '2026-03-01T02:30:00.000Z'],
		['2026-01-15T12:00:00', 'Europe/Stockholm', '2026-01-15T11:00:00.000Z'],
		['2026-07-15T12:00:00', 'Europe/Stockholm', '2026-07-15T10:00:00.000Z'],
		['2026-07-15T12:00:00', 'America/New_York', '2026-07-15T16:00:00.000Z'],
		['0900-05-01T00:00', 'Europe/Stockholm', '0900-04-30T23:06:32.000Z'],
		['0100-01-01T00:00', 'America/New_York', '0100-01-01T04:56:02.000Z'],
		['9999-12-31T23:00', 'Asia/Tokyo', '9999-12-31T14:00:00.000Z'],
		['9999-12-31T23:00', 'America/New_York', '+010000-01-01T04:00:00.000Z'],
	])('reads %j in %s as %s', (text, zone, expected) => {
		expect(readDateTime(text, zone)).toBe(expected);
	});

	it('leaves a time without a zone as it is where none is given', () => {
		expect(readDateTime('2026-07-15 12:00', undefined)).toBe('2026-07-15T12:00:00.000');
		expect(readDateTime('2026-07-15T12:00+02:00', undefined)).toBe('2026-07-15T10:00:00.000Z');
		expect(readDateTime('2026-07-15', undefined)).toBe('2026-07-15');
	});

	it.each([
		['2026-03-29T01:59:59', 'Europe/Stockholm', '2026-03-29T00:59:59.000Z'],
		['2026-03-29T03:00:00', 'Europe/Stockholm', '2026-03-29T01:00:00.000Z'],
		['2026-10-25T01:59:59', 'Europe/Stockholm', '2026-10-24T23:59:59.000Z'],
		['2026-10-25T03:00:00', 'Europe/Stockholm', '2026-10-25T02:00:00.000Z'],
		['2026-03-08T01:59:59', 'America/New_York', '2026-03-08T06:59:59.000Z'],
		['2026-03-08T03:00:00', 'America/New_York', '2026-03-08T07:00:00.000Z'],
		['2026-11-01T00:59:59', 'America/New_York', '2026-11-01T04:59:59.000Z'],
		['2026-11-01T02:00:00', 'America/New_York', '2026-11-01T07:00:00.000Z'],
	])('is right at the edges of summer time: %s in %s', (text, zone, expected) => {
		expect(readDateTime(text, zone)).toBe(expected);
	});

	it.each([
		['2026-03-29T02:30:00', 'Europe/Stockholm', '2026-03-29T01:30:00.000Z'],
		['2026-03-08T02:30:00', 'America/New_York', '2026-03-08T07:30:00.000Z'],
		['2026-09-27T02:30:00', 'Pacific/Auckland', '2026-09-26T14:30:00.000Z'],
	])('takes a time that the clocks skip as the one an hour later: %s in %s', (text, zone, expected) => {
		expect(readDateTime(text, zone)).toBe(expected);
	});

	it.each([
		'',
		'now',
		'2026',
		'2026-03',
		'26-03-01',
		'2026-3-1',
		'01.03.2026',
		'2026-02-29',
		'2026-04-31',
		'2026-13-01',
		'2026-00-10',
		'2026-01-00',
		'0050-01-01',
		'2026-03-01T',
		'2026-03-01T8:00',
		'2026-03-01T24:00:00Z',
		'2026-03-01T08:60Z',
		'2026-03-01T08:00:60Z',
		'2026-03-01T08:00:00+24:00',
		'2026-03-01T08:00:00+05:60',
		'2026-03-01T08:00:00 CET',
		'2026-03-01T08:00:00Z tomorrow',
		'1767225600000',
	])('refuses %j', (text) => {
		expect(readDateTime(text, 'UTC')).toBeUndefined();
	});

	it('brings back any instant that is written with a zone', () => {
		const instant = fc.date({
			min: new Date('1900-01-01'),
			max: new Date('2200-01-01'),
			noInvalidDate: true,
		});
		fc.assert(
			fc.property(instant, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
				const two = (value: number): string => String(value).padStart(2, '0');
				const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
				const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
				expect(readDateTime(`${local}${zone}`, 'Asia/Kolkata')).toBe(date.toISOString());
			}),
		);
	});

	it('reads what a clock on the wall shows as an instant at which it shows that', () => {
		const instant = fc.date({
			min: new Date('2000-01-01'),
			max: new Date('2040-01-01'),
			noInvalidDate: true,
		});
		const wall = (zone: string, ms: number): string =>
			new Date(ms).toLocaleString('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
		fc.assert(
			fc.property(instant, fc.constantFrom(...ZONES), (date, zone) => {
				const shown = wall(zone, date.getTime());
				const read = readDateTime(shown, zone);
				expect(wall(zone, Date.parse(read ?? ''))).toBe(shown);
			}),
			{ numRuns: 300 },
		);
	});

	it('reads or refuses any text', () => {
		const shaped = fc.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{4})?$/);
		fc.assert(
			fc.property(fc.oneof(fc.string(), shaped), (text) => {
				const read = readDateTime(text, 'Europe/Stockholm');
				expect(read === undefined || !Number.isNaN(Date.parse(read))).toBe(true);
			}),
			{ numRuns: 2_000 },
		);
	});
});
