import type { FileContent } from '@convoflow/client';
import type { FieldMap } from '@convoflow/kit';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { actionNodes } from '../../packages/node-red/src';
import { startNodeRed, type NodeRed, type Settings } from './harness';
import { openReplyUrl, VERIFY_TOKEN, withReplyUrl } from '../support/action-calls';
import { actionFlow, openCall, type WaitingCall } from './harness/open-call';
import { only, sandboxSettings } from './harness/sandbox-settings';
import { propertyOf, typePropertyOf } from '../../packages/node-red/src/model/names';
import { wiredFile } from './harness/wired-file';

const examples = actionNodes.flatMap(({ type, operations }) =>
	operations.flatMap((chosen) =>
		chosen.operation.examples.map((example) => ({
			type,
			chosen,
			title: `${chosen.id}: ${example.name}`,
			example,
		})),
	),
);

/** Reads every field from the message property of its own name. */
function fromMessage(fields: object): Record<string, string> {
	return Object.fromEntries(
		Object.keys(fields).flatMap((name) => [
			[propertyOf(name), name],
			[typePropertyOf(name), 'msg'],
		]),
	);
}

/** The input of an example as message properties. */
function wired(
	fields: FieldMap,
	input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
	const file = Object.entries(input).find(([name]) => fields[name]?.kind === 'file');
	return file ? { ...input, ...wiredFile(file[0], file[1] as FileContent) } : input;
}

describe('operations in Node-RED', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let settings: Record<string, Settings>;
	let replyUrl: string;
	beforeAll(async () => {
		sandbox = await startSandbox();
		replyUrl = await openReplyUrl(sandbox);
		red = await startNodeRed({ env: { CONVOFLOW_THREAD: 't-101' } });
		settings = sandboxSettings(sandbox);
		await red.deploy(actionFlow(settings));
	});
	afterAll(async () => {
		await red.stop();
		await sandbox.close();
	});

	it.each(examples)('$title', async ({ type, chosen, example }) => {
		const { id, operation, fields, credential } = chosen;
		let call: WaitingCall | undefined;
		const { msg, error } = await red.callNode({
			type,
			config: { operation: id, ...fromMessage(fields) },
			settings: only(settings, credential?.name),
			msg: async () => {
				call = id === 'action.reply' ? await openCall(red) : undefined;
				const input = withReplyUrl(example.input, replyUrl);
				const incoming = example.items ? { payload: example.items } : {};
				return { ...wired(fields, input), ...incoming, flowaiCall: call?.id, topic: 'mine' };
			},
		});
		expect(error).toBeUndefined();
		const answered = id === 'action.reply' ? { verifyToken: VERIFY_TOKEN } : undefined;
		expect(await call?.answer).toEqual(answered && expect.objectContaining(answered));
		expect(msg?.['topic']).toBe('mine');
		const { payload } = msg ?? {};
		expect(Array.isArray(payload)).toBe(operation.returns === 'many' || operation.returns === 'rows');
		expect(msg?.[operation.service]).toMatchObject({
			operation: id,
			count: Array.isArray(payload) ? payload.length : 1,
		});
	});

	it('reads a wired message without any typing, and form values as they were typed', async () => {
		const { msg } = await red.callNode({
			type: 'flowai-message',
			config: {
				operation: 'message.sendText',
				originatorName: 'Support',
				originatorNameType: 'str',
				traceId: '7',
				traceIdType: 'num',
			},
			settings: only(settings, 'flowAiApi'),
			msg: { threadId: 't-100', payload: 'Is table six free?' },
		});
		expect(msg?.['payload']).toEqual({ status: 'ok', threadId: 't-100', traceId: 7 });
		expect(sandbox.requests().at(-1)?.body).toMatchObject({
			payload: {
				speech: 'Is table six free?',
				traceId: 7,
				originator: { name: 'Support', role: 'external' },
			},
		});
	});

	it('reads expressions and environment variables', async () => {
		const { msg } = await red.callNode({
			type: 'flowai-message',
			config: {
				operation: 'message.sendText',
				text: '"Hello " & name',
				textType: 'jsonata',
				threadId: 'CONVOFLOW_THREAD',
				threadIdType: 'env',
				traceId: '8',
			},
			settings: only(settings, 'flowAiApi'),
			msg: { name: 'Mara', threadId: 'not this one' },
		});
		expect(msg?.['payload']).toEqual({ status: 'ok', threadId: 't-101', traceId: 8 });
		expect(sandbox.requests().at(-1)?.body).toMatchObject({ payload: { speech: 'Hello Mara' } });
	});
});
