import fc from 'fast-check';
import type { JsonObject } from '@convoflow/client';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { startNodeRed, type NodeRed } from '../node-red/harness';
import { actionFlow } from '../node-red/harness/open-call';
import { sandboxSettings } from '../node-red/harness/sandbox-settings';
import { openReplyUrl, withReplyUrl } from '../support/action-calls';
import { inputOf } from './arbitrary';
import {
	byFormInN8n,
	byFormInNodeRed,
	byItemInN8n,
	byMessageInNodeRed,
	PLACES,
	type Outcome,
	type Place,
} from './hosts';

/** Generated inputs for each operation. */
const INPUTS = 50;

/** Set it to see a failing run again. */
const SEED = Number(process.env['PARITY_SEED'] ?? Date.now() % 2 ** 31);

const places = PLACES.map((place) => ({
	name: `${place.operation.service} ${place.resource} ${place.operation.name}`,
	place,
}));

/** A message is traced by a number that is made up when it is missing; two runs can only agree on a given one. */
function traced(input: Record<string, unknown>, place: Place): Record<string, unknown> {
	return 'traceId' in place.operation.optional ? { traceId: 1, ...input } : input;
}

/** A generated input whose wait for the bot is short, in a thread in which nobody has paused it. */
function brief(input: Record<string, unknown>, index: number, place: Place): Record<string, unknown> {
	if (!('timeoutSeconds' in place.operation.fields)) return input;
	return { ...input, threadId: `t-brief-${index}`, quietSeconds: 0.5, timeoutSeconds: 3 };
}

/** An ID that the service makes up differs from call to call; what can agree is its form. */
const MADE_UP = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\|w_)|(ed|ev|sub)-[0-9a-f]{6}-\d+$)/;

/** Operations whose results differ from call to call: by made-up IDs, or by headers that tell the time. */
const CHANGING = ['create', 'generateId', 'request', 'track'];

function comparable<T extends Outcome | readonly Outcome[]>(outcomes: T, place: Place): unknown {
	if (!CHANGING.includes(place.operation.name)) return outcomes;
	const text = JSON.stringify(outcomes, (key, value: unknown) => {
		if (key === 'headers') return (value as Record<string, unknown>)['content-type'];
		return typeof value === 'string' ? value.replace(MADE_UP, '(made up)') : value;
	});
	return JSON.parse(text) as unknown;
}

describe(`the hosts agree (PARITY_SEED=${SEED})`, () => {
	let nodeRed: NodeRed;
	let sandbox: Sandbox;
	let replyUrl: string;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
		nodeRed = await startNodeRed();
		replyUrl = await openReplyUrl(sandbox);
		await nodeRed.deploy(actionFlow(sandboxSettings(sandbox)));
	});
	afterAll(async () => {
		await Promise.all([nodeRed?.stop(), sandbox?.close()]);
	});

	describe.each(places)('$name', ({ place }) => {
		it.each(place.operation.examples.map(({ name, input, items }) => ({ name, input, items })))(
			'by the form: $name',
			async ({ input, items }) => {
				const filled = withReplyUrl(traced({ ...input }, place), replyUrl);
				const n8n = await byFormInN8n(place, sandbox, filled, items);
				const nodeRedOutcome = await byFormInNodeRed(place, nodeRed, sandbox, filled, items);
				expect(comparable(nodeRedOutcome, place)).toEqual(comparable(n8n, place));
				// An example shows the operation at work: it brings rows, not an error.
				expect(n8n).toMatchObject({ rows: expect.arrayContaining([expect.anything()]) as JsonObject[] });
			},
		);

		it(`by item or message, ${INPUTS} generated inputs`, async () => {
			const inputs = fc
				.sample(inputOf(place.operation), { numRuns: INPUTS, seed: SEED })
				.map((input, index) => withReplyUrl(brief(traced(input, place), index, place), replyUrl));
			const n8n = await byItemInN8n(place, sandbox, inputs);
			const outcomes = await Promise.all(
				inputs.map(async (input) => await byMessageInNodeRed(place, nodeRed, sandbox, input)),
			);
			const told = (results: readonly Outcome[]): object[] =>
				results.map((outcome, index) => ({ input: inputs[index], outcome: comparable(outcome, place) }));
			expect(told(outcomes)).toEqual(told(n8n));
			// Inputs that are all refused would agree without showing anything.
			expect(outcomes.filter((outcome) => 'rows' in outcome).length).toBeGreaterThan(
				place.operation.isFreeForm ? 0 : 5,
			);
		});
	});
});
