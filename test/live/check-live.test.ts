import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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

describe('the command', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'check-live-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	async function run(
		args: string[],
		env: Record<string, string> = {},
	): Promise<{ code: unknown; out: string; err: string }> {
		const register = path.join(__dirname, '../sandbox/register.cjs');
		const file = path.join(__dirname, 'check-live.ts');
		const child = spawn(process.execPath, ['-r', register, file, ...args], { cwd: folder, env });
		const [out, err] = [child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray());
		const [code] = (await once(child, 'exit')) as [unknown];
		return { code, out: ((await out) ?? []).join(''), err: ((await err) ?? []).join('') };
	}

	it('tells how it is used, and which variables it reads', async () => {
		const { code, out } = await run(['--help']);
		expect(code).toBe(0);
		for (const name of Object.keys(variables())) expect(out).toContain(name);
	});

	it('says what is missing where no key is set, or an option is wrong', async () => {
		const none = await run([]);
		expect([none.code, none.err]).toEqual([2, expect.stringContaining('no keys are set')]);
		expect(none.err).toContain('CONVOFLOW_FLOWXO_KEY');
		const wrong = await run(['--bogus']);
		expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("Unknown option '--bogus'")]);
	});

	it('ends with 0 where all is as documented, and with 1 where it is not', async () => {
		expect((await run([], variables())).code).toBe(0);
		sandbox.settings.flowXoTotal = false;
		const { code, out } = await run(['--out', 'mine.md'], variables());
		expect(code).toBe(1);
		expect(out).toContain(
			'different      flowxo-list: status 200, application/json; charset=utf-8; total: missing',
		);
		expect(readFileSync(path.join(folder, 'mine.md'), 'utf8')).toContain('## flowxo-list: different');
	});

	it('names the network error where nobody answers', async () => {
		const gone = await startSandbox();
		await gone.close();
		const { out } = await run([], { CONVOFLOW_FLOWXO_URL: gone.url, CONVOFLOW_FLOWXO_KEY: 'made-up' });
		expect(out).toContain('different      flowxo-list: no answer: ECONNREFUSED');
	});
});
