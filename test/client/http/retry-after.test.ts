import { readRetryAfter } from '@convoflow/client';
import fc from 'fast-check';

const NOW = Date.UTC(2026, 2, 1, 8, 0, 0);

describe('readRetryAfter', () => {
	it.each([
		['0', 0],
		['2', 2_000],
		['1.5', 1_500],
		[' 7 ', 7_000],
		['86400', 86_400_000],
	])('reads %j as seconds (HTTP-05, HTTP-07)', (header, ms) => {
		expect(readRetryAfter(header, NOW)).toBe(ms);
	});

	it.each(['Sun, 01 Mar 2026 08:00:30 GMT', 'Sunday, 01-Mar-26 08:00:30 GMT', 'Sun Mar  1 08:00:30 2026'])(
		'reads the date %j (HTTP-05)',
		(header) => {
			expect(readRetryAfter(header, NOW)).toBe(30_000);
		},
	);

	it('takes a date that has passed as "now" (HTTP-05)', () => {
		expect(readRetryAfter('Sun, 01 Mar 2026 07:00:00 GMT', NOW)).toBe(0);
	});

	it.each([
		undefined,
		'',
		'  ',
		'-1',
		'0x10',
		'1e3',
		'soon',
		'NaN',
		'Infinity',
		'2 seconds',
		'2026-03-01T08:00:30Z',
		'Sun, 99 Foo 2026 08:00:30 GMT',
		'9'.repeat(400),
	])('takes %j as absent (HTTP-06)', (header) => {
		expect(readRetryAfter(header, NOW)).toBeUndefined();
	});

	it('gives for any text a finite wait of at least 0, or nothing', () => {
		const header = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.double().map(String),
			fc.date().map(String),
			fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
		);
		fc.assert(
			fc.property(header, fc.nat(), (text, now) => {
				const ms = readRetryAfter(text, now);
				expect(ms === undefined || (Number.isFinite(ms) && ms >= 0)).toBe(true);
			}),
		);
	});
});
