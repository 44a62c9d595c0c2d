import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { startRecorder } from '../n8n/recorder';
import { startNodeRed, type NodeRed, type Settings } from './harness';
import { credentialNode, TAB } from './harness/flow';
import { sandboxSettings } from './harness/sandbox-settings';

interface Answer {
	results?: { name: string; value: string }[];
	next?: string;
	problem?: string;
	code?: string;
}

describe('lists to pick from, over the admin API', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let settings: Record<string, Settings>;
	beforeAll(async () => {
		sandbox = await startSandbox();
		settings = sandboxSettings(sandbox);
		red = await startNodeRed({ env: { CONVOFLOW_KEY: sandbox.keys.flowAiRest } });
		await red.deploy([
			TAB,
			credentialNode('flowai-api', settings['flowAiApi'] as Settings),
			credentialNode('flowxo-api', settings['flowXoApi'] as Settings),
			credentialNode('chatlayer-api', settings['chatlayerApi'] as Settings),
			credentialNode('chatlayer-core', settings['chatlayerCoreApi'] as Settings),
		]);
	});
	afterAll(async () => {
		await red.stop();
		await sandbox.close();
	});

	async function ask(type: string, id: string, body: object, signal?: AbortSignal): Promise<Answer> {
		const response = await red.admin(`/${type}/${id}/search`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			...(signal ? { signal } : {}),
		});
		expect(response.status).toBe(200);
		return (await response.json()) as Answer;
	}
	const open = (name: string): Record<string, unknown> => ({ ...settings[name]?.config });
	const typed = (name: string): Record<string, unknown> => ({
		...open(name),
		...settings[name]?.credentials,
	});
	const valuesOf = ({ results }: Answer): string[] => (results ?? []).map(({ value }) => value);

	it.each([
		['flowai-api', 'flowAiApi', 'searchThreads', 't-100|o_c51f0e2a'],
		['flowai-api', 'flowAiApi', 'searchEvents', 'WELCOME'],
		['flowai-api', 'flowAiApi', 'searchSegments', 'au-9'],
		['flowxo-api', 'flowXoApi', 'searchConversations', '5f3a9c0e7d21b84a66e0c1d2/c/490150001122'],
		['chatlayer-api', 'chatlayerApi', 'searchBotsOfTeam', 'k3v9x2ab'],
		['chatlayer-core', 'chatlayerCoreApi', 'searchBots', 'k3v9x2ab'],
	])(
		'%s: %s is read with the stored secret and with one that was only typed',
		async (type, name, search, id) => {
			expect(valuesOf(await ask(type, type, { search, credential: open(name) }))).toContain(id);
			expect(valuesOf(await ask(type, 'not-deployed', { search, credential: typed(name) }))).toContain(id);
			const filter = id.slice(2, 6).toUpperCase();
			expect(valuesOf(await ask(type, type, { search, filter, credential: open(name) }))).toContain(id);
			expect(await ask(type, type, { search, filter: 'no such', credential: open(name) })).toEqual({
				results: [],
			});
		},
	);

	it('a typed secret wins over the stored one and is never echoed; environment variables are resolved', async () => {
		const wrong = { ...open('flowAiApi'), apiKey: 'typed-but-wrong' };
		const answer = await ask('flowai-api', 'flowai-api', { search: 'searchEvents', credential: wrong });
		expect(answer).toMatchObject({ code: 'FLOWAI_UNAUTHORIZED' });
		expect(JSON.stringify(answer) + red.log()).not.toContain('typed-but-wrong');
		const env = { ...open('flowAiApi'), apiKey: '${CONVOFLOW_KEY}' };
		expect(valuesOf(await ask('flowai-api', 'x', { search: 'searchEvents', credential: env }))).not.toEqual(
			[],
		);
	});

	it('says what to do where bots cannot be listed without a token of the core API', async () => {
		const credential = { ...typed('chatlayerApi'), coreToken: '' };
		expect(await ask('chatlayer-api', 'x', { search: 'searchBotsOfTeam', credential })).toEqual({
			code: 'CHATLAYER_NO_CORE_TOKEN',
			problem: expect.stringMatching(/only with a token of the core API.*Enter the ID instead/) as string,
		});
	});

	it('says why there is no list: an account that cannot, a missing key, a list of another service', async () => {
		const recorder = await startRecorder(() => ({ status: 404, body: '{}' }));
		try {
			const credential = { ...typed('flowAiApi'), baseUrl: recorder.url };
			expect(await ask('flowai-api', 'x', { search: 'searchThreads', credential })).toEqual({
				code: 'CONVOFLOW_CANNOT_LIST',
				problem:
					'This account cannot list threads (the service answered 404). Enter the ID instead: the list is only a help.',
			});
		} finally {
			await recorder.close();
		}
		expect(await ask('flowai-api', 'x', { search: 'searchThreads' })).toMatchObject({
			problem: expect.stringContaining('API Key is empty') as string,
		});
		const other = { search: 'searchConversations', credential: typed('flowAiApi') };
		expect(await ask('flowai-api', 'x', other)).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT' });
	});

	it('stops reading once the editor has given up', async () => {
		let arrived = (): void => undefined;
		const reached = new Promise<void>((resolve) => (arrived = resolve));
		const recorder = await startRecorder(() => {
			arrived();
			return undefined;
		});
		try {
			const credential = { ...typed('flowAiApi'), baseUrl: recorder.url };
			const stop = new AbortController();
			const asking = ask('flowai-api', 'x', { search: 'searchThreads', credential }, stop.signal);
			await reached;
			stop.abort();
			await expect(asking).rejects.toThrow();
			// Node-RED goes on; the request was not repeated.
			expect(
				valuesOf(
					await ask('flowai-api', 'flowai-api', { search: 'searchEvents', credential: open('flowAiApi') }),
				),
			).toContain('WELCOME');
			expect(recorder.requests).toHaveLength(1);
		} finally {
			await recorder.close();
		}
	});
});
