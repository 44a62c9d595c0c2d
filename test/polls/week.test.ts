import { playWeek } from './week';

// The whole week is played by `npm run polls:week`.
describe.each(['n8n', 'Node-RED'] as const)('a morning of traffic, polled once a minute in %s', (host) => {
	it('NODE-18 NODE-19 NODE-20 loses and repeats nothing over restarts, and asks only for what changed', async () => {
		const result = await playWeek({ host, messages: 1_500, hours: 3, account: 2_000, restarts: 3 });
		expect(result).toMatchObject({ written: 1_500, missing: [], repeated: 0 });
		expect(result.requests).toBeLessThan(result.polls * 1.5 + result.changes * 2.5);
	}, 120_000);
});
