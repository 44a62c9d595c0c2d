import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { checkLive, report } from './check-live';

let sandbox: Sandbox;

/** Variables that lead to the sandbox in place of the services. */
const variables = (): Record<string, string> => ({
	CONVOFLOW_FLOWAI_URL: sandbox.baseUrls.flowAi,
	CONVOFLOW_FLOWAI_KEY: sandbox.keys.flowAiRest,
	CONVOFLOW_FLOWAI_THREAD: 't-100',
	CONVOFLOW_FLOWAI_MANAGEMENT_KEY: sandbox.keys.flowAiManagement,
	CONVOFLOW_FLOWAI_PROJECT: 'pr-1',
	CONVOFLOW_FLOWAI_SOCKET_URL: sandbox.baseUrls.flowAiSocket,
	CONVOFLOW_FLOWAI_CLIENT_ID: sandbox.keys.flowAiClientId,
	CONVOFLOW_FLOWXO_URL: sandbox.baseUrls.flowXo,
	CONVOFLOW_FLOWXO_KEY: sandbox.keys.flowXo,
	CONVOFLOW_CHATLAYER_URL: sandbox.baseUrls.chatlayer,
	CONVOFLOW_CHATLAYER_TOKEN_ID: sandbox.keys.chatlayerTokenId,
	CONVOFLOW_CHATLAYER_TOKEN_SECRET: sandbox.keys.chatlayerTokenSecret,
	CONVOFLOW_CHATLAYER_BOT: 'k3v9x2ab',
	CONVOFLOW_CHATLAYER_TEAM: 'team-1',
});

beforeEach(async () => {
	sandbox = await startSandbox({ seed: 300 });
});
afterEach(() => sandbox.close());

const different = (results: Awaited<ReturnType<typeof checkLive>>): string[] =>
	results.filter((result) => result.verdict === 'different').map((result) => result.id);

it('finds a service that keeps to the references to be as documented, and only reads', async () => {
	const results = await checkLive(variables());
	expect(different(results)).toEqual([]);
	expect(results.filter((result) => result.verdict === 'as documented').length).toBeGreaterThan(15);
	expect(results.filter((result) => result.verdict === 'skipped').map((result) => result.id)).toEqual([
		'flowai-socket-routing',
	]);
	const writes = sandbox
		.requests()
		.filter((request) => request.method !== 'GET' && !request.path.endsWith('/echo'));
	expect(writes).toEqual([]);
	expect(sandbox.sockets()).toBe(0);
});

it('finds three planted differences', async () => {
	sandbox.faults.add({
		match: { surface: 'flowai-rest', method: 'GET', path: '/pause' },
		action: { type: 'body', body: '{"status":"ok","isPaused":false,"threadId":"t-100"}' },
	});
	sandbox.faults.add({
		match: { surface: 'flowai-management' },
		action: { type: 'body', body: '{"flows":[]}' },
	});
	sandbox.settings.flowXoTotal = false;
	const results = await checkLive(variables());
	expect(different(results)).toEqual(['flowai-bot-status', 'flowai-flows', 'flowxo-list']);
	const text = report(results);
	expect(text).toContain('isPaued: missing instead of boolean');
	expect(text).toContain('the answer: object instead of array');
	expect(text).toContain('total: missing instead of number');
});

it('answers open questions: form of the key, order, routing', async () => {
	sandbox.settings.authForm = 'bearer';
	sandbox.settings.broadcast = true;
	const results = await checkLive(variables(), { write: true });
	const found = (id: string): string => results.find((result) => result.id === id)?.found.join('\n') ?? '';
	expect(found('flowai-key-form')).toBe('bare: status 401\nBearer: status 200');
	expect(found('flowai-history')).toContain('20 entries, newest first');
	expect(found('flowai-socket-routing')).toMatch(/frames at a connection of another thread: [1-9]/);
	expect(found('chatlayer-conversations')).toContain('names of grouping columns');
});

it('writes nothing of the account into its report', async () => {
	const text = report(await checkLive(variables()));
	for (const secret of Object.entries(variables()).filter(([name]) => /KEY|SECRET|TOKEN/.test(name))) {
		expect(text).not.toContain(secret[1]);
	}
	for (const value of ['Mara', 'Hostess', '490150001', 'Lind', 'Hello']) expect(text).not.toContain(value);
});

it('skips what it has no keys for', async () => {
	const results = await checkLive({});
	expect(new Set(results.map((result) => result.verdict))).toEqual(new Set(['skipped']));
});
