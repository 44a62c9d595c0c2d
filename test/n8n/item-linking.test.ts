import { runOptions } from '@convoflow/kit';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { openReplyUrl, withReplyUrl } from '../support/action-calls';
import { itemOf } from './binary';
import { failure, runNode, type RunResult } from './harness';
import { credentialsFor, formOf, PLACES, type Place } from './services';
import { loadTree } from './tree';

/** The item that is refused, among three. */
const BAD = 1;

/** Operations that run once for each item; an open call takes one answer only. */
const EACH = PLACES.filter(
	({ operation: { mode, credential, name } }) =>
		mode !== 'all' && !(credential === 'flowAiActionApi' && name === 'reply'),
);

const literalOf = (value: unknown): string => JSON.stringify(value) ?? '""';

/** A form in which one item is refused before anything is sent, by an expression over the item. */
function formWithBadItem(place: Place, input: Readonly<Record<string, unknown>>): INodeParameters {
	const { operation } = place;
	const parameters = formOf(place, input);
	if ('requestTimeout' in runOptions(operation))
		return { ...parameters, options: { requestTimeout: '={{ $json.isBad ? -1 : 30 }}' } };
	// What makes no request has a field that must be filled in.
	const [name] =
		Object.entries(operation.fields).find(
			([, { required, kind }]) => required && ['string', 'text', 'locator'].includes(kind),
		) ?? [];
	if (name === undefined) throw new Error(`${place.title} cannot refuse an item`);
	const value = `={{ $json.isBad ? "" : ${literalOf(input[name])} }}`;
	const isLocator = operation.fields[name]?.kind === 'locator';
	return { ...parameters, [name]: isLocator ? { __rl: true, mode: 'id', value } : value };
}

const indexOf = ({ pairedItem }: INodeExecutionData): number => (pairedItem as { item: number }).item;
const isFailed = ({ json }: INodeExecutionData): boolean => typeof json['error'] === 'string';

describe('items are linked to those they came from', () => {
	let sandbox: Sandbox;
	let replyUrl: string;
	beforeAll(async () => {
		sandbox = await startSandbox({ botDelayMs: 0 });
		replyUrl = await openReplyUrl(sandbox);
	});
	afterAll(async () => await sandbox.close());

	async function run(
		place: Place,
		onError?: 'continueRegularOutput' | 'continueErrorOutput',
	): Promise<RunResult> {
		const input = withReplyUrl(place.operation.examples[0]?.input ?? {}, replyUrl);
		return await runNode({
			tree: await loadTree(place.tree),
			nodeType: place.nodeType,
			credentials: credentialsFor(sandbox, place.operation.credential),
			parameters: formWithBadItem(place, input),
			items: [0, 1, 2].map((index) => itemOf(place.operation, input, { isBad: index === BAD, index })),
			...(onError ? { onError } : {}),
		});
	}

	describe.each(EACH.map((place) => [place.title, place] as const))('%s', (_title, place) => {
		it('when one of them fails and the node continues', async () => {
			const { items, error } = await run(place, 'continueRegularOutput');
			expect(error).toBeUndefined();
			const [out = []] = items;
			// In their order, each with its own; what failed stands where it was.
			expect(out.map(indexOf)).toEqual([...out.map(indexOf)].sort((a, b) => a - b));
			expect(new Set(out.map(indexOf))).toEqual(new Set([0, 1, 2]));
			const failed = out.filter((item) => indexOf(item) === BAD);
			expect(failed).toHaveLength(1);
			expect(failed[0]?.json).toMatchObject({ details: { code: 'CONVOFLOW_INVALID_INPUT' } });
			expect(out.filter((item) => indexOf(item) === 0).some(isFailed)).toBe(false);
		});

		it('when failed ones leave by the error output', async () => {
			const { items, error } = await run(place, 'continueErrorOutput');
			expect(error).toBeUndefined();
			const failed = items.at(-1) ?? [];
			const bad = failed.filter((item) => item.json['index'] === BAD);
			expect(bad).toHaveLength(1);
			expect(indexOf(bad[0] as INodeExecutionData)).toBe(BAD);
			expect(bad[0]?.json['error']).toEqual(expect.any(String));
			const whole = items.slice(0, -1).flat();
			expect(whole.some(isFailed)).toBe(false);
			expect(whole.map(indexOf)).not.toContain(BAD);
		});

		it('when the node stops at one, which is named before anything is sent', async () => {
			const before = sandbox.requests().length;
			const { error } = await run(place);
			expect(error?.context).toMatchObject({ itemIndex: BAD });
			expect([error?.message, error?.description]).toEqual([expect.any(String), expect.any(String)]);
			expect(error).toMatchObject(failure({ cause: 'configuration-invalid' }));
			expect(sandbox.requests()).toHaveLength(before);
		});
	});
});
