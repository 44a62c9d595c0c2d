import { startSandbox, type Fault, type Sandbox } from '@convoflow/sandbox';
import { PLACES, runPlace } from './services';
import { sandboxValues } from '../samples/record';

const place = PLACES.find(({ title }) => title === 'flowxo conversation getMany');
if (!place) throw new Error('no such operation');
const getMany = place;

/** The conversations of a fresh sandbox. */
const ALL = 134;

describe('lists of Flow XO in the engine of n8n', () => {
	let sandbox: Sandbox;
	beforeEach(async () => {
		sandbox = await startSandbox({ port: 0 });
	});
	afterEach(async () => {
		await sandbox.close();
	});

	async function read(input: Record<string, unknown>): Promise<{ ids: unknown[]; hints: unknown }> {
		const values = sandboxValues(sandbox, 'flowXoApi') as Record<string, string>;
		const { items, error, run } = await runPlace(getMany, values, input);
		expect(error).toBeUndefined();
		const hints = run.data.resultData.runData['Under test']?.at(-1)?.hints;
		return { ids: (items[0] ?? []).map(({ json }) => json['id']), hints };
	}

	it.each<[string, Fault['action'], number]>([
		['PAGE-11 rows come in at the head', { type: 'list', insert: 3 }, ALL + 3],
		['PAGE-13 rows of an unread page become active', { type: 'list', activate: 2 }, ALL],
		['PAGE-14 rows are removed before the place', { type: 'list', remove: 4 }, ALL],
	])('%s: each conversation comes once', async (_name, action, count) => {
		sandbox.faults.add({ match: { surface: 'flowxo', path: '/conversations' }, after: 3, times: 1, action });
		const { ids } = await read({ returnAll: true, pageSize: 20, pagesAtOnce: 2 });
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toHaveLength(count);
	});

	it('PAGE-02 an empty list is an empty result', async () => {
		expect((await read({ returnAll: true, start: '2001-01-01', end: '2001-01-02' })).ids).toEqual([]);
	});

	it('PAGE-08 a limit below the page size brings as many', async () => {
		expect((await read({ limit: 7 })).ids).toHaveLength(7);
	});

	it('a scan that stops at its page cap says so under the output', async () => {
		const { ids, hints } = await read({ returnAll: true, pageSize: 10, pageCap: 2, agentMode: 'on' });
		expect(ids).toEqual([]);
		expect(hints).toEqual([
			expect.objectContaining({
				location: 'outputPane',
				message: expect.stringContaining('Looked at 19 conversations') as string,
			}),
		]);
	});
});
