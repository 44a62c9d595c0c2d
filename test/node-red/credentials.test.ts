import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { FORM_IS_RIGHT } from '@convoflow/kit';
import fs from 'node:fs/promises';
import path from 'node:path';
import { configNodes } from '../../packages/node-red/src';
import { startNodeRed, type NodeRed, type Settings } from './harness';
import { credentialNode, node, TAB } from './harness/flow';
import { sandboxSettings } from './harness/sandbox-settings';

interface TestAnswer {
	ok: boolean;
	message: string;
	advice: string;
	code?: string;
}

describe('credentials in Node-RED', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let settings: Record<string, Settings>;
	beforeAll(async () => {
		sandbox = await startSandbox();
		settings = sandboxSettings(sandbox);
		red = await startNodeRed({ env: { CONVOFLOW_KEY: sandbox.keys.flowAiRest } });
		await red.deploy([
			TAB,
			...configNodes.map(({ name, nodeRedType }) => credentialNode(nodeRedType, settings[name] as Settings)),
		]);
	});
	afterAll(async () => {
		await red.stop();
		await sandbox.close();
	});

	async function test(type: string, id: string, values: Record<string, unknown>): Promise<TestAnswer> {
		const response = await red.admin(`/${type}/${id}/test`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(values),
		});
		expect(response.status).toBe(200);
		return (await response.json()) as TestAnswer;
	}

	const typed = (name: string): Record<string, unknown> => ({
		...settings[name]?.config,
		...settings[name]?.credentials,
	});

	it.each(
		configNodes.map(({ name, nodeRedType, service, test: call }) => [
			nodeRedType,
			name,
			call ? `Connected to ${service.label}` : FORM_IS_RIGHT,
		]),
	)(
		'NODE-31 %s: a test works before the first deploy, and with stored secrets afterwards',
		async (type, name, message) => {
			const good = { ok: true, message, advice: '' };
			expect(await test(type, 'not-deployed-yet', typed(name))).toEqual(good);
			const secrets = Object.keys(settings[name]?.credentials ?? {});
			const untouched = Object.fromEntries(secrets.map((secret) => [secret, '__PWRD__']));
			expect(await test(type, type, { ...typed(name), ...untouched })).toEqual(good);
		},
	);

	it('NODE-31 typed values win over stored ones, and are never echoed', async () => {
		const answer = await test('flowai-api', 'flowai-api', {
			...typed('flowAiApi'),
			apiKey: 'typed-but-wrong',
		});
		expect(answer).toMatchObject({ ok: false, code: 'FLOWAI_UNAUTHORIZED' });
		expect(JSON.stringify(answer) + red.log()).not.toContain('typed-but-wrong');
	});

	it('NODE-31 resolves environment variables', async () => {
		expect(
			await test('flowai-api', 'new', { ...typed('flowAiApi'), apiKey: '${CONVOFLOW_KEY}' }),
		).toMatchObject({ ok: true });
	});

	it('NODE-14 names what is missing or wrong', async () => {
		expect(await test('flowai-api', 'new', { ...typed('flowAiApi'), apiKey: '' })).toMatchObject({
			ok: false,
			message: 'API Key is empty',
		});
		expect(await test('flowai-api', 'new', { ...typed('flowAiApi'), baseUrl: 'x' })).toMatchObject({
			ok: false,
			code: 'CONVOFLOW_INVALID_INPUT',
		});
		expect(
			await test('flowai-api', 'new', { ...typed('flowAiApi'), baseUrl: `${sandbox.url}/nowhere` }),
		).toMatchObject({ ok: false });
	});

	it('NODE-33 an exported flow holds no secret, and neither does the flow file', async () => {
		const exported = await (await red.admin('/flows')).text();
		const stored = await fs.readFile(path.join(red.userDir, 'flows.json'), 'utf8');
		const secrets = Object.values(settings).flatMap(({ credentials }) => Object.values(credentials ?? {}));
		expect(secrets.length).toBeGreaterThanOrEqual(5);
		for (const secret of secrets) {
			expect(exported).not.toContain(secret);
			expect(stored).not.toContain(secret);
		}
		expect(exported).toContain('"type":"flowai-api"');
	});

	it('passwords never come back to the editor', async () => {
		const answer = await red.admin('/credentials/chatlayer-api/chatlayer-api');
		expect(await answer.json()).toEqual({
			has_coreToken: true,
			has_tokenId: true,
			has_tokenSecret: true,
		});
	});

	it('NODE-25 a config node that nobody uses reaches nothing', async () => {
		const before = sandbox.requests().length;
		await red.deploy([
			TAB,
			node('idle', 'comment'),
			credentialNode('flowai-socket', settings['flowAiSocketApi'] as Settings),
		]);
		expect([sandbox.requests().length, sandbox.sockets()]).toEqual([before, 0]);
	});
});

describe('with a login', () => {
	it('NODE-31 admin routes ask for a permission', async () => {
		// The password is "password".
		const users = [
			{
				username: 'admin',
				password: '$2a$08$zZWtXTja0fB1pzD4sHCMyOCMYz2Z6dNbM6tl8sJogENOMcxWV9DN.',
				permissions: '*',
			},
		];
		const red = await startNodeRed({
			settings: { adminAuth: { type: 'credentials', users } },
			login: { username: 'admin', password: 'password' },
		});
		try {
			const routes = [
				...configNodes.map(({ nodeRedType }) => ['POST', `/${nodeRedType}/any/test`]),
				...configNodes.map(({ nodeRedType }) => ['POST', `/${nodeRedType}/any/search`]),
				['GET', '/flowai-webhook/address'],
			];
			for (const [method = '', route = ''] of routes) {
				expect([route, (await fetch(`${red.adminUrl}${route}`, { method })).status]).toEqual([route, 401]);
			}
			expect((await red.admin('/flowai-webhook/address')).status).toBe(200);
		} finally {
			await red.stop();
		}
	});
});
