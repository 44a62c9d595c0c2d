import { startSandbox, type Fault, type Sandbox } from '@convoflow/sandbox';
import { startNodeRed, type NodeRed } from './harness';
import { only, sandboxSettings } from './harness/sandbox-settings';

/** The conversations of a fresh sandbox. */
const ALL = 134;

describe('lists of Flow XO in Node-RED', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	beforeAll(async () => {
		red = await startNodeRed();
	});
	afterAll(async () => {
		await red.stop();
	});
	beforeEach(async () => {
		sandbox = await startSandbox();
	});
	afterEach(async () => {
		await sandbox.close();
	});

	async function read(input: Record<string, unknown>): Promise<{ ids: unknown[]; told: unknown }> {
		const fields = Object.keys(input).flatMap((name) => [
			[name, name],
			[`${name}Type`, 'msg'],
		]);
		const { msg, error } = await red.callNode({
			type: 'flowxo-conversation',
			config: {
				operation: 'conversation.getMany',
				...(Object.fromEntries(fields) as Record<string, string>),
			},
			settings: only(sandboxSettings(sandbox), 'flowXoApi'),
			msg: input,
		});
		expect(error).toBeUndefined();
		const rows = msg?.['payload'] as { id: unknown }[];
		return { ids: rows.map(({ id }) => id), told: msg?.['flowxo'] };
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

	it('a scan that stops at its page cap says so beside the rows', async () => {
		const { ids, told } = await read({ returnAll: true, pageSize: 10, pageCap: 2, agentMode: 'on' });
		expect(ids).toEqual([]);
		expect(told).toMatchObject({
			notices: [expect.stringContaining('Looked at 19 conversations') as string],
		});
	});
});
