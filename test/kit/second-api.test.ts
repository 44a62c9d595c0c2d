import { chatlayerApi } from '@convoflow/credentials';
import { connect, prepareSigning, readFields, type CredentialValues } from '@convoflow/kit';
import type { ChatlayerClient } from '@convoflow/client';
import { answer, fakePorts } from '../support/fake-ports';

const PAIR = { tokenId: 'ti', tokenSecret: 'fake-pair-secret' };
const TOKEN = 'fake-core-token';
const BASIC = { headers: { authorization: `Basic ${btoa('ti:fake-pair-secret')}` } };
const BEARER = { headers: { authorization: `Bearer ${TOKEN}` } };

const read = (raw: Record<string, unknown>): CredentialValues =>
	readFields(chatlayerApi.fields, { ...PAIR, ...raw }, { timeZone: 'UTC' });
const signed = (raw: Record<string, unknown>, url: string): unknown =>
	prepareSigning(chatlayerApi, read(raw)).signatureFor(url);

// Chatlayer reference §1 and §10: the hosts of the two APIs.
describe('a credential that leads to two APIs', () => {
	it.each([
		['eu', 'https://api.chatlayer.ai', 'https://analytics.api.chatlayer.ai'],
		[
			'us',
			'https://api.prod.us-east4.gcp.chatlayer.ai',
			'https://analytics.api.prod.us-east4.gcp.chatlayer.ai',
		],
	])('sends each its own key, in the region %s', (region, core, analytics) => {
		const values = { region, coreToken: ` Bearer ${TOKEN} ` };
		expect(signed(values, `${core}/v1/bots`)).toEqual(BEARER);
		expect(signed(values, `${analytics}/v1/bots/b/messages`)).toEqual(BASIC);
		// A host whose name only begins like it.
		expect(signed(values, `${core}.example.com/v1/bots`)).toEqual(BASIC);
		expect(signed({ region }, `${core}/v1/bots`)).toEqual(BASIC);
	});

	it.each([
		['https://gate.test/core', 'https://gate.test/core/analytics'],
		['https://gate.test', 'https://gate.test'],
	])('sends the Analytics API its own key also where the core API is at %s', (coreBaseUrl, baseUrl) => {
		const values = { region: 'custom', baseUrl, coreBaseUrl, coreToken: TOKEN };
		expect(signed(values, `${baseUrl}/v1/echo`)).toEqual(BASIC);
	});

	it('takes both keys out of texts', () => {
		const { redact } = prepareSigning(chatlayerApi, read({ coreToken: TOKEN }));
		const told = redact(`${TOKEN} ${PAIR.tokenSecret} ${BASIC.headers.authorization}`);
		expect(told).not.toMatch(/fake|dGk6/);
	});

	it('lists bots with the second key, and says what to do without one', async () => {
		const ports = fakePorts([answer([{ id: 'k3v9x2ab', name: 'Shop' }])]);
		const client = connect(chatlayerApi, ports, read({ coreToken: TOKEN })) as ChatlayerClient;
		expect(await client.bots()).toEqual([{ id: 'k3v9x2ab', name: 'Shop' }]);
		expect(ports.requests.map(({ url }) => url)).toEqual(['https://api.chatlayer.ai/v1/bots']);
		const bare = connect(chatlayerApi, ports, read({})) as ChatlayerClient;
		await expect(bare.bots()).rejects.toMatchObject({ code: 'CHATLAYER_NO_CORE_TOKEN' });
		expect(ports.requests).toHaveLength(1);
	});

	it.each(['custom', 'sa'])('names the address that is missing in the region %s', (region) => {
		const values = read({ region, baseUrl: 'https://a.test', coreToken: TOKEN });
		expect(() => prepareSigning(chatlayerApi, values)).toThrow(
			expect.objectContaining({ code: 'CONVOFLOW_INVALID_INPUT', field: 'coreBaseUrl' }) as Error,
		);
	});
});
