import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import type { ICredentialDataDecryptedObject, INodeExecutionData } from 'n8n-workflow';
import { closedAddress } from '../support/closed-address';
import { failure, runNode, TELLS_FAILURES } from './harness';
import { startRecorder } from './recorder';
import { credentialsFor, formOf, PLACES, runPlace, type Place } from './services';
import { loadTree } from './tree';

const KEY = 'fake-key';
const sendText = PLACES.find(({ title }) => title === 'flowai message sendText') as Place;
const getMany = PLACES.find(({ title }) => title === 'flowai message getMany') as Place;

describe('bad input', () => {
	let sandbox: Sandbox;
	let values: ICredentialDataDecryptedObject;
	beforeAll(async () => {
		sandbox = await startSandbox({ botDelayMs: 0 });
		values = credentialsFor(sandbox, 'flowAiApi')['flowAiApi'] as ICredentialDataDecryptedObject;
	});
	afterAll(async () => await sandbox.close());

	it('refuses a wrong key and says where to change it', async () => {
		const result = await runPlace(sendText, { ...values, apiKey: KEY }, { threadId: 't-100', text: 'Hello' });
		expect(result.error).toMatchObject({
			name: 'NodeApiError',
			message: expect.stringContaining('did not accept the key') as string,
			description: expect.stringContaining('Open the credential') as string,
			httpCode: '401',
			...failure({ cause: 'credential-invalid' }),
			context: { itemIndex: 0 },
		});
	});

	it('names the thread that is not known', async () => {
		const { error } = await runPlace(getMany, values, { threadId: 'no-such-thread', limit: 5 });
		expect(error).toMatchObject({
			message: 'Flow.ai does not know this thread',
			description: expect.stringContaining('Check the field "Thread"') as string,
			httpCode: '404',
			...failure({ cause: 'configuration-invalid' }),
		});
	});

	it.each([
		['an empty text', { threadId: 't-100', text: ' ' }, 'Text is empty'],
		[
			'a text over 255 characters',
			{ threadId: 't-100', text: 'x'.repeat(256) },
			'Text has 256 characters; at most 255 are allowed',
		],
		[
			'a thread that an expression left empty',
			{ threadId: '={{ $json.missing }}', text: 'Hello' },
			'Thread is empty',
		],
		[
			'a thread that would leave its path',
			{ threadId: '%2e%2e', text: 'Hello' },
			'Thread must not be "%2e%2e"',
		],
		[
			'JSON that is none',
			{ threadId: 't-100', text: 'Hello', params: 5 },
			'JSON Params must be a JSON object, like {"key": "value"}',
		],
	])('refuses %s before anything is sent', async (_case, input, message) => {
		const before = sandbox.requests().length;
		const { error } = await runPlace(sendText, values, input);
		expect(error).toMatchObject({ name: 'NodeOperationError', message, context: { itemIndex: 0 } });
		expect(sandbox.requests()).toHaveLength(before);
	});

	it('sends nothing when one of the items is refused, and names that item', async () => {
		const before = sandbox.requests().length;
		const items: INodeExecutionData[] = [{ json: { text: 'fine' } }, { json: { text: '' } }];
		const { error } = await runPlace(
			sendText,
			values,
			{ threadId: 't-100', text: '={{ $json.text }}' },
			{ items },
		);
		expect(error).toMatchObject({ message: 'Text is empty', context: { itemIndex: 1 } });
		expect(sandbox.requests()).toHaveLength(before);
	});

	it('names a field of the credential that is empty', async () => {
		const { error } = await runPlace(
			sendText,
			{ ...values, apiKey: ' ' },
			{ threadId: 't-100', text: 'Hello' },
		);
		expect(error).toMatchObject({
			message: 'API Key is empty in the credential "flowAiApi"',
			description: 'Open the credential "flowAiApi" in this node and correct it. Nothing was sent.',
			...failure({ cause: 'configuration-invalid' }),
		});
	});

	it('refuses a key that no header can carry', async () => {
		const { error } = await runPlace(
			sendText,
			{ ...values, apiKey: 'fake-key-with-“quotes”' },
			{ threadId: 't-100', text: 'Hello' },
		);
		expect(error).toMatchObject({ message: 'The key holds characters that no key has' });
		expect(error?.description).toContain('Open the credential');
	});

	it('says that the base URL is no web address', async () => {
		const { error } = await runPlace(
			sendText,
			{ ...values, baseUrl: 'api.flow.ai' },
			{ threadId: 't-100', text: 'Hello' },
		);
		expect(error).toMatchObject({
			message: 'Base URL is not a web address in the credential "flowAiApi"',
			description: 'Open the credential "flowAiApi" and enter an address that begins with https://',
		});
	});

	it('says that a host name does not exist', async () => {
		const baseUrl = 'http://no-such-host.invalid';
		const { error } = await runPlace(
			getMany,
			{ apiKey: KEY, baseUrl },
			{ threadId: 't-100' },
			{ stop: AbortSignal.timeout(15_000) },
		);
		expect(error).toMatchObject({
			message: `The host name in ${baseUrl} could not be found`,
			description: expect.stringContaining('base URL') as string,
		});
	});

	it('says that nothing listens on a port', async () => {
		const baseUrl = await closedAddress();
		const result = await runPlace(sendText, { apiKey: KEY, baseUrl }, { threadId: 't-100', text: 'Hello' });
		expect(result.error).toMatchObject({
			message: `Nothing answers at ${baseUrl}`,
			description: expect.stringContaining('base URL and its port') as string,
			...failure({ cause: 'temporarily-unavailable' }),
		});
	});

	it('says that an answer is no JSON', async () => {
		const page = await startRecorder(() => ({
			headers: { 'content-type': 'text/html' },
			body: `<h1>Sign in</h1> ${KEY}`,
		}));
		const result = await runPlace(
			sendText,
			{ apiKey: KEY, baseUrl: page.url },
			{ threadId: 't-100', text: 'Hello' },
		);
		await page.close();
		expect(result.error).toMatchObject({
			message: 'Flow.ai should answer with JSON but sent something else (text/html)',
			description: expect.stringContaining('base URL') as string,
		});
	});

	it('does not follow a redirect with the key', async () => {
		const other = await startRecorder(() => ({ body: '{"status":"ok"}' }));
		const first = await startRecorder(() => ({ status: 302, headers: { location: other.url }, body: '' }));
		const { error } = await runPlace(
			sendText,
			{ apiKey: KEY, baseUrl: first.url },
			{ threadId: 't-100', text: 'Hello' },
		);
		await Promise.all([first.close(), other.close()]);
		expect(error?.message).toContain('redirect');
		expect(other.requests).toHaveLength(0);
	});

	it('tells how long to wait when asked for fewer requests', async () => {
		const busy = await startRecorder(() => ({
			status: 429,
			headers: { 'retry-after': '3600' },
			body: '{"message":"slow down"}',
		}));
		const { error } = await runPlace(
			sendText,
			{ apiKey: KEY, baseUrl: busy.url },
			{ threadId: 't-100', text: 'Hello' },
		);
		await busy.close();
		expect(error).toMatchObject({
			httpCode: '429',
			...failure({ cause: 'rate-limited', retryAfterMs: 3_600_000 }),
		});
	});

	it('asks for the credential that was not chosen', async () => {
		const { error } = await runNode({
			tree: await loadTree(sendText.tree),
			nodeType: sendText.nodeType,
			parameters: formOf(sendText, { threadId: 't-100', text: 'Hello' }),
		});
		expect(error?.message).toContain('credentials set');
	});

	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'NODE-15 goes on with the other items: %s',
		async (onError) => {
			const items: INodeExecutionData[] = [
				{ json: { text: '', customer: 7 } },
				{ json: { text: 'fine' } },
				{ json: { text: 'x'.repeat(300), message: 'stays' } },
			];
			const { items: out, error } = await runPlace(
				sendText,
				values,
				{ threadId: 't-100', text: '={{ $json.text }}' },
				{ items, onError },
			);
			expect(error).toBeUndefined();
			const failed =
				onError === 'continueErrorOutput' ? out[1] : out[0]?.filter(({ json }) => 'error' in json);
			const sent = out[0]?.filter(({ json }) => !('error' in json));
			expect(sent?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
			expect(failed?.map(({ json }) => json['error'])).toEqual([
				'Text is empty',
				'Text has 300 characters; at most 255 are allowed',
			]);
			const isBare = onError === 'continueErrorOutput' && !TELLS_FAILURES;
			const details = isBare
				? [undefined, undefined]
				: [
						{ code: 'CONVOFLOW_INVALID_INPUT', field: 'text', advice: expect.any(String) as string },
						{ code: 'CONVOFLOW_INVALID_INPUT', field: 'text', advice: expect.any(String) as string },
					];
			expect(failed?.map(({ json }) => json['details'])).toEqual(details);
			if (onError === 'continueErrorOutput') {
				expect(failed?.[0]?.json).toMatchObject({ text: '', customer: 7 });
				expect(failed?.[1]?.json).toMatchObject({ message: 'stays' });
			}
		},
	);
});
