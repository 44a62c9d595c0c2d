import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { closedAddress } from '../support/closed-address';
import { startNodeRed, type CaughtError, type NodeCall, type NodeRed, type Settings } from './harness';
import { only, sandboxSettings } from './harness/sandbox-settings';
import { containing, matching } from './harness/matchers';

describe('bad input in Node-RED', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let good: Record<string, Settings>;
	beforeAll(async () => {
		sandbox = await startSandbox();
		red = await startNodeRed();
		good = sandboxSettings(sandbox);
	});
	afterEach(() => sandbox.faults.clear());
	afterAll(async () => {
		await red.stop();
		await sandbox.close();
	});

	/** The error of a call that must fail; Node-RED must live on. */
	async function errorOf(call: NodeCall): Promise<CaughtError> {
		const { error } = await red.callNode(call);
		if (!error) throw new Error('the call succeeded');
		expect(red.isAlive()).toBe(true);
		return error;
	}

	function sendText(
		msg: Record<string, unknown>,
		config: Record<string, unknown> = {},
		settings?: Partial<Settings>,
	): NodeCall {
		const known = good['flowAiApi'] as Settings;
		return {
			type: 'flowai-message',
			config: { operation: 'message.sendText', ...config },
			settings: { flowAiApi: { ...known, ...settings } },
			msg,
		};
	}
	const text = { threadId: 't-100', payload: 'Hello' };

	it.each([
		[
			'FLOWAI_UNAUTHORIZED',
			'flowai-bot',
			{ operation: 'bot.getStatus' },
			'flowAiApi',
			{ apiKey: 'wrong-key-000' },
		],
		[
			'FLOWXO_UNAUTHORIZED',
			'flowxo-conversation',
			{ operation: 'conversation.getMany' },
			'flowXoApi',
			{ apiKey: 'wrong-key-000' },
		],
		[
			'CHATLAYER_UNAUTHORIZED',
			'chatlayer-analytics',
			{ operation: 'analytics.getConversations' },
			'chatlayerApi',
			{ tokenId: 'wrong-id', tokenSecret: 'wrong-secret' },
		],
	])(
		'%s: a wrong key names the credential and is not told on',
		async (code, type, config, property, credentials) => {
			const msg = { threadId: 't-100', botId: 'k3v9x2ab', startTime: '2026-03-01', endTime: '2026-03-04' };
			const error = await errorOf({
				type,
				config,
				settings: { [property]: { ...(good[property] as Settings), credentials } },
				msg,
			});
			expect(error).toMatchObject({ code, message: matching(/key.*credential/s), cause: { status: 401 } });
			for (const secret of Object.values(credentials))
				expect(JSON.stringify(error) + red.log()).not.toContain(secret);
		},
	);

	it('an unknown thread names the field', async () => {
		const call = {
			type: 'flowai-message',
			config: { operation: 'message.getMany' },
			settings: only(good, 'flowAiApi'),
		};
		const error = await errorOf({ ...call, msg: { threadId: 'nobody' } });
		expect(error).toMatchObject({ code: 'FLOWAI_THREAD_NOT_FOUND', message: containing('field "Thread"') });
	});

	it.each([
		[
			'an empty text',
			{ threadId: 't-100', payload: '' },
			/^Text is empty \(it is read from msg\.payload\)\./,
			'text',
		],
		['no text at all', { threadId: 't-100' }, /^Text is empty \(it is read from msg\.payload\)\./, 'text'],
		[
			'a text over 255 characters',
			{ threadId: 't-100', payload: 'x'.repeat(256) },
			/^Text has 256 characters; at most 255/,
			'text',
		],
		[
			'an object for a text',
			{ threadId: 't-100', payload: { event: 'message' } },
			/^Text must be text/,
			'text',
		],
		['no thread', { payload: 'Hello' }, /^Thread is empty \(it is read from msg\.threadId\)\./, 'threadId'],
	])('%s is refused before anything is sent', async (_title, msg, message, field) => {
		const before = sandbox.requests().length;
		const error = await errorOf(sendText(msg));
		expect(error).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			message: matching(message),
			cause: { field },
		});
		expect(error.message).toContain('Nothing was sent.');
		expect(sandbox.requests()).toHaveLength(before);
	});

	it('a value typed into the form is refused without naming a source', async () => {
		const error = await errorOf(sendText(text, { metadata: '{ oops', metadataType: 'json' }));
		expect(error).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			message: matching(/^Originator Metadata is not valid JSON\./),
		});
	});

	it('an expression that cannot be worked out names the field', async () => {
		const error = await errorOf(sendText(text, { text: '$uppercase(', textType: 'jsonata' }));
		expect(error).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			message: matching(/^Text could not be read from an expression:/),
		});
	});

	it('a host that does not exist names the address', async () => {
		const error = await errorOf(sendText(text, {}, { config: { baseUrl: 'http://nowhere.invalid' } }));
		expect(error).toMatchObject({
			code: 'FLOWAI_UNREACHABLE',
			message: matching(/nowhere\.invalid.*base URL/s),
		});
	});

	it('a closed port names the address', async () => {
		const baseUrl = await closedAddress();
		const error = await errorOf(sendText(text, {}, { config: { baseUrl } }));
		expect(error).toMatchObject({
			code: 'FLOWAI_UNREACHABLE',
			message: containing(baseUrl),
			cause: { code: 'ECONNREFUSED' },
		});
	});

	it('an answer that is not JSON names the base URL', async () => {
		sandbox.faults.add({ match: { surface: 'flowai-rest' }, action: { type: 'html' } });
		const error = await errorOf(sendText(text));
		expect(error).toMatchObject({ code: 'FLOWAI_NOT_JSON', message: containing('base URL') });
	});

	it('a base URL that is none names the credential', async () => {
		const error = await errorOf(sendText(text, {}, { config: { baseUrl: 'flow dot ai', name: 'Mine' } }));
		expect(error).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			message: containing('credential "Mine"'),
		});
	});

	it('a key with characters that no key has is refused before it is sent', async () => {
		const error = await errorOf(sendText(text, {}, { credentials: { apiKey: 'key-with-“quotes”' } }));
		expect(error).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			message: containing('Open the credential'),
		});
	});

	it('a node without a credential says so', async () => {
		const error = await errorOf({ ...sendText(text), settings: {} });
		expect(error).toMatchObject({ code: 'CONVOFLOW_NO_CREDENTIAL', message: containing('Flow.ai API') });
	});

	it('a node without an operation says so', async () => {
		const error = await errorOf(sendText(text, { operation: 'message.teleport' }));
		expect(error.code).toBe('CONVOFLOW_NO_OPERATION');
	});

	it('a send whose answer got lost is not repeated', async () => {
		sandbox.faults.add({
			match: { surface: 'flowai-rest' },
			times: 1,
			action: { type: 'reset', when: 'after' },
		});
		const error = await errorOf(sendText({ threadId: 't-100', payload: 'Once only' }));
		expect(error.code).toBe('CONVOFLOW_OUTCOME_UNKNOWN');
		const sent = sandbox.requests().filter(({ body }) => JSON.stringify(body ?? null).includes('Once only'));
		expect(sent).toHaveLength(1);
	});
});
