import { randomInt } from 'node:crypto';
import { fuzzHosts } from './hosts';
import { fuzz } from './run';

// A million by `npm run faults:fuzz`.
it('nothing throws past its door, hangs or changes a prototype', async () => {
	const { seed, failures } = await fuzz(randomInt(2 ** 31), 20_000);
	expect({ seed, failures }).toEqual({ seed, failures: [] });
}, 60_000);

// Two thousand for each host by `npm run faults:fuzz:hosts`.
it('nothing gets out of the hosts that is no refusal', async () => {
	const { seed, failures } = await fuzzHosts(randomInt(2 ** 31), 120);
	expect({ seed, failures }).toEqual({ seed, failures: [] });
}, 300_000);
