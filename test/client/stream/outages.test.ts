import { deadServer, isJittered, wrongClient } from '../../stream/outages';
import { TRANSPORTS } from '../../stream-cases/bench';

// The short form of `npm run stream:outages`; the half-open link is WS-09 of the stream's cases.
it('ten minutes of a dead server are waited out in jittered, capped steps', async () => {
	const attempts = await deadServer(600_000);
	expect(attempts.filter((one) => !isJittered(one))).toEqual([]);
	const waits = attempts.slice(8).map(({ waitedMs }) => waitedMs);
	expect(waits.length).toBeGreaterThan(15);
	expect(Math.min(...waits)).toBeGreaterThanOrEqual(15_000);
	expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
	expect(new Set(waits).size).toBeGreaterThan(waits.length / 2);
});

it.each(TRANSPORTS)('a wrong client ID makes one attempt and one message over %s', async (_name, open) => {
	expect(await wrongClient(open, 1_500)).toMatchObject({ attempts: 1, messages: 1 });
});
