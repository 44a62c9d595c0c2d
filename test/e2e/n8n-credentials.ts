import type { Suite } from './n8n-suite';

type Values = Readonly<Record<string, string>>;

/** Credential tests as n8n runs them when a credential is saved. */
export function credentialTests(suite: () => Suite): void {
	const kinds: ReadonlyArray<readonly [string, (suite: Suite) => Values, Values]> = [
		[
			'flowAiApi',
			({ sandbox: { keys, baseUrls } }) => ({ apiKey: keys.flowAiRest, baseUrl: baseUrls.flowAi }),
			{ apiKey: 'not-the-key' },
		],
		[
			'flowAiManagementApi',
			({ sandbox: { keys, baseUrls } }) => ({
				apiKey: keys.flowAiManagement,
				projectId: 'pr-1',
				baseUrl: baseUrls.flowAi,
			}),
			{ apiKey: 'not-the-key' },
		],
		[
			'flowAiSocketApi',
			({ sandbox: { keys, baseUrls } }) => ({
				clientId: keys.flowAiClientId,
				baseUrl: baseUrls.flowAiSocket,
			}),
			{ clientId: 'not-the-client' },
		],
		[
			'flowXoApi',
			({ sandbox: { keys, baseUrls } }) => ({ apiKey: keys.flowXo, baseUrl: baseUrls.flowXo }),
			{ apiKey: 'not-the-key' },
		],
		[
			'chatlayerApi',
			({ sandbox: { keys, baseUrls } }) => ({
				region: 'custom',
				baseUrl: baseUrls.chatlayer,
				tokenId: keys.chatlayerTokenId,
				tokenSecret: keys.chatlayerTokenSecret,
			}),
			{ tokenSecret: 'not-the-secret' },
		],
	];
	const verdict = async (
		type: string,
		values: Values,
	): ReturnType<Suite['server']['api']['testCredential']> => {
		const { api } = suite().server;
		return await api.testCredential(await api.createCredential(type, `${type} under test`, values));
	};

	describe.each(kinds)('%s', (type, right, wrong) => {
		it('is green with the right key, with and without a slash after the base URL', async () => {
			const values = right(suite());
			expect(await verdict(type, values)).toMatchObject({ status: 'OK' });
			expect(await verdict(type, { ...values, baseUrl: `${values['baseUrl']}/` })).toMatchObject({
				status: 'OK',
			});
		});

		it('is red with a wrong key, which the message does not show', async () => {
			const { status, message } = await verdict(type, { ...right(suite()), ...wrong });
			expect(status).toBe('Error');
			expect(message).not.toContain(Object.values(wrong)[0]);
		});

		it('is red when the base URL answers 200 with a page', async () => {
			const before = suite().loginPage.bodies.length;
			const { status, message } = await verdict(type, { ...right(suite()), baseUrl: suite().loginPage.url });
			expect(status).toBe('Error');
			expect(message).toMatch(/base URL/i);
			expect(suite().loginPage.bodies.length).toBeGreaterThan(before);
		});

		it('is red when nothing listens at the base URL', async () => {
			const { status } = await verdict(type, { ...right(suite()), baseUrl: 'http://127.0.0.1:9' });
			expect(status).toBe('Error');
		});
	});

	it('flowAiWebhookApi is green with a secret and red without', async () => {
		expect(await verdict('flowAiWebhookApi', { secret: 'obviously-fake-secret' })).toMatchObject({
			status: 'OK',
		});
		expect(await verdict('flowAiWebhookApi', { secret: ' ' })).toMatchObject({ status: 'Error' });
	});
}
