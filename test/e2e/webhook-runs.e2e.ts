import { runActivations } from '../webhook/deploys';
import { runN8nDeliveries } from '../webhook/n8n-deliveries';

/** The short forms of `npm run webhook:n8n` and `npm run webhook:deploys`. */
describe('the Flow.ai Trigger in n8n', () => {
	it('has an execution on record for every acknowledged event, killed in the middle, and one for a repeat', async () => {
		const { lost, secondInSeries, secondAtOnce } = await runN8nDeliveries(80);
		expect({ lost, secondInSeries, secondAtOnce }).toEqual({ lost: 0, secondInSeries: 0, secondAtOnce: 0 });
	}, 300_000);

	it('gives one execution an event after activating again and again, and holds no more than before', async () => {
		const { wrong, more } = await runActivations(3);
		expect({ wrong, more }).toEqual({ wrong: 0, more: [] });
	}, 300_000);
});
