import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { testCredential } from './credential-tester';
import { credentialTypeOf, loadTree, nodeTypeOf } from './tree';
import { startRecorder } from './recorder';
import { credentialsFor } from './services';

/** Credentials that reach a service: tree, a node that uses it, its secret field, what people copy behind the base URL. */
const REACHING = [
	['flowAiApi', 'n8n-nodes-flowai', 'flowAi', 'apiKey', '/rest/v1/'],
	['flowAiManagementApi', 'n8n-nodes-flowai', 'flowAi', 'apiKey', '/v1/'],
	['flowAiSocketApi', 'n8n-nodes-flowai', 'flowAiStreamTrigger', 'clientId', '/socket.info'],
	['flowXoApi', 'n8n-nodes-flowxo', 'flowXo', 'apiKey', '/conversations'],
	['chatlayerApi', 'n8n-nodes-chatlayer', 'chatlayer', 'tokenSecret', '/v1'],
] as const;

describe.each(REACHING)('%s', (name, treeName, nodeType, secret, copied) => {
	let sandbox: Sandbox;
	let values: ICredentialDataDecryptedObject;
	beforeAll(async () => {
		sandbox = await startSandbox();
		values = credentialsFor(sandbox, name)[name] as ICredentialDataDecryptedObject;
	});
	afterAll(async () => await sandbox.close());

	const test = async (changed: ICredentialDataDecryptedObject): ReturnType<typeof testCredential> =>
		await testCredential(await loadTree(treeName), nodeType, name, { ...values, ...changed });

	it('NODE-14 passes its test however the base URL was copied', async () => {
		expect(await test({})).toEqual({ status: 'OK', message: 'Connection successful!' });
		for (const end of ['/', copied]) {
			expect(await test({ baseUrl: ` ${values['baseUrl'] as string}${end}` })).toMatchObject({
				status: 'OK',
			});
		}
	});

	it('fails its test with a wrong secret', async () => {
		expect(await test({ [secret]: 'fake-and-wrong' })).toMatchObject({ status: 'Error' });
	});

	it('NODE-14 fails its test when a sign-in page answers with 200, or another service does', async () => {
		for (const body of ['<html>Sign in</html>', '{"hello":"world"}', '[]']) {
			const page = await startRecorder(() => ({
				headers: { 'content-type': body.startsWith('<') ? 'text/html' : 'application/json' },
				body,
			}));
			const outcome = await test({ baseUrl: page.url });
			await page.close();
			expect(outcome).toEqual({
				status: 'Error',
				message: expect.stringContaining('Check the base URL') as string,
			});
		}
	});

	it('fails its test on a redirect', async () => {
		const page = await startRecorder(() => ({ status: 302, headers: { location: '/sign-in' }, body: '' }));
		expect(await test({ baseUrl: page.url })).toMatchObject({ status: 'Error' });
		await page.close();
	});

	it('signs a request of the HTTP Request node without touching its address', async () => {
		const { authenticate } = credentialTypeOf(await loadTree(treeName), name);
		if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
		const signed = await authenticate(values, {
			url: 'https://example.com/x?y=1',
			headers: { a: 'b' },
			qs: { page: 2 },
		});
		expect(signed).toMatchObject({ url: 'https://example.com/x?y=1', headers: { a: 'b' }, qs: { page: 2 } });
		expect(signed).not.toHaveProperty('baseURL');
		expect(Object.keys(signed.headers ?? {})).toHaveLength(2);
	});
});

it('flowAiWebhookApi is tested by its form', async () => {
	const tree = await loadTree('n8n-nodes-flowai');
	const { credentialTest } = nodeTypeOf(tree, 'flowAiTrigger').methods ?? {};
	const test = async (data: ICredentialDataDecryptedObject): Promise<unknown> =>
		await credentialTest?.['flowAiWebhookApi']?.call({} as never, {
			id: '1',
			name: 'x',
			type: 'flowAiWebhookApi',
			data,
		});
	expect(await test({ secret: 'fake-secret' })).toMatchObject({ status: 'OK' });
	expect(await test({ secret: ' ' })).toEqual({ status: 'Error', message: 'Secret is empty' });
	expect(await test({})).toMatchObject({ status: 'Error' });
});
