import { ConvoflowError, backOffMs, describeEnding, nextStep, type Ending } from '@convoflow/client';
import fc from 'fast-check';

const byStatus = (status: number): Ending => ({
	reason: 'endpoint',
	error: new ConvoflowError('FLOWAI_ANY', `status ${status}`, { status }),
});
const byCode = (code: string): Ending => ({ reason: 'endpoint', error: new ConvoflowError(code, code) });

describe('the table of endings (Flow.ai reference §5.2)', () => {
	it.each<[string, Ending, 'stop' | 'again']>([
		['stopped by the user', { reason: 'stopped' }, 'stop'],
		...[400, 401, 402, 403, 500].map((status): [string, Ending, 'stop'] => [
			`endpoint, status ${status}`,
			byStatus(status),
			'stop',
		]),
		...[302, 404, 408, 409, 410, 429, 501, 502, 503, 504].map((status): [string, Ending, 'again'] => [
			`endpoint, status ${status}`,
			byStatus(status),
			'again',
		]),
		...['FLOWAI_STREAM_REFUSED', 'CONVOFLOW_INVALID_INPUT', 'CONVOFLOW_BUG', 'FLOWAI_TLS'].map(
			(code): [string, Ending, 'stop'] => [`endpoint, ${code}`, byCode(code), 'stop'],
		),
		...['FLOWAI_UNREACHABLE', 'FLOWAI_TIMEOUT', 'FLOWAI_CONNECTION_LOST', 'CONVOFLOW_ABORTED'].map(
			(code): [string, Ending, 'again'] => [`endpoint, ${code}`, byCode(code), 'again'],
		),
		['handshake', { reason: 'handshake', detail: 'x' }, 'again'],
		['mute', { reason: 'mute', detail: 'x' }, 'again'],
		['silent', { reason: 'silent', detail: 'x' }, 'again'],
		['closed', { reason: 'closed', detail: '1006' }, 'again'],
		['closed cleanly', { reason: 'closed', detail: '1000' }, 'again'],
		['failed', { reason: 'failed', detail: 'x' }, 'again'],
	])('%s: %#', (_name, ending, step) => {
		expect(nextStep(ending)).toBe(step);
	});

	it('once a connection has worked, a fault of the service passes, and a refusal does not', () => {
		expect(nextStep(byStatus(500), true)).toBe('again');
		for (const status of [400, 401, 402, 403]) expect(nextStep(byStatus(status), true)).toBe('stop');
		expect(nextStep(byCode('FLOWAI_STREAM_REFUSED'), true)).toBe('stop');
	});

	it.each<[Ending, string]>([
		[{ reason: 'stopped' }, 'stopped'],
		[byStatus(503), 'status 503'],
		[{ reason: 'handshake', detail: '409' }, 'the stream could not be opened (409)'],
		[{ reason: 'mute', detail: '' }, 'the stream was opened but stayed silent'],
		[{ reason: 'silent', detail: '' }, 'the stream went silent'],
		[{ reason: 'closed', detail: '1006' }, 'the stream was closed by Flow.ai (1006)'],
		[{ reason: 'failed', detail: 'why' }, 'the stream broke off (why)'],
	])('%j reads as words', (ending, words) => {
		expect(describeEnding(ending)).toBe(words);
	});
});

describe('backOffMs', () => {
	it('doubles from 1 s to 30 s, its upper half at random (WS-19)', () => {
		const ceilings = [1, 2, 3, 4, 5, 6, 7].map((attempt) => backOffMs(attempt, 1));
		expect(ceilings).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
		expect(backOffMs(5, 0)).toBe(8_000);
	});

	it('stays between 500 ms and 30 s for any attempt', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
				const ms = backOffMs(attempt, random);
				expect(ms >= 500 && ms <= 30_000).toBe(true);
			}),
		);
	});
});
