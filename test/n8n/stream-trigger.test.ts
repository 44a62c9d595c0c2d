import { setTimeout as sleep } from 'node:timers/promises';
import { TriggerContext } from 'n8n-core';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import type { IDataObject, INodeParameters, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import type { Credentials } from './credentials-helper';
import { asContext, workflowOf } from './harness';
import { loadTree, nodeTypeOf } from './tree';
import { credentialsFor } from './services';

const THREAD = 's-200';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ botDelayMs: 0 });
	sandbox.world.ensureThread(THREAD, 'socket');
});
afterEach(async () => await sandbox.close());

/** A trigger at work, and what it has handed to n8n. */
interface Running {
	readonly response: ITriggerResponse;
	readonly emitted: { json: IDataObject; key: string | undefined }[];
	readonly errors: Error[];
	/** Resolves with the next event. */
	readonly next: () => Promise<IDataObject>;
	readonly nextError: () => Promise<Error>;
}

async function start(
	mode: 'trigger' | 'manual',
	parameters: INodeParameters = {},
	credentials?: Credentials,
): Promise<Running> {
	const tree = await loadTree('n8n-nodes-flowai');
	const { workflow, node, additionalData } = workflowOf(
		{
			tree,
			nodeType: 'flowAiStreamTrigger',
			parameters: { threadId: THREAD, ...parameters },
			credentials: credentials ?? credentialsFor(sandbox, 'flowAiSocketApi'),
		},
		mode,
	);
	const emitted: Running['emitted'] = [];
	const errors: Error[] = [];
	let onEvent: (json: IDataObject) => void = () => undefined;
	let onError: (error: Error) => void = () => undefined;
	const emit: TriggerContext['emit'] = (data, _response, _done, key) => {
		for (const { json } of data[0] ?? []) {
			emitted.push({ json, key });
			onEvent(json);
		}
	};
	const emitError: TriggerContext['emitError'] = (error) => {
		errors.push(error);
		onError(error);
	};
	const context = new TriggerContext(
		workflow,
		node,
		additionalData,
		mode,
		mode === 'manual' ? 'manual' : 'activate',
	);
	// n8n sets these before a trigger in an active workflow runs, and after it in a test.
	const arm = (): void => void Object.assign(context, { emit, emitError });
	if (mode === 'trigger') arm();
	const response =
		(await nodeTypeOf(tree, 'flowAiStreamTrigger').trigger?.call(asContext<ITriggerFunctions>(context))) ??
		{};
	if (mode === 'manual') arm();
	return {
		response,
		emitted,
		errors,
		next: async () => await new Promise((resolve) => (onEvent = resolve)),
		nextError: async () => await new Promise((resolve) => (onError = resolve)),
	};
}

/** Waits for something that nothing announces. The limit of the test ends it. */
async function until(isTrue: () => boolean): Promise<void> {
	while (!isTrue()) await sleep(5);
}

it('emits what the bot says, from the moment the workflow is active', async () => {
	const { response, next, emitted } = await start('trigger');
	expect(sandbox.sockets()).toBe(1);
	const said = next();
	await sandbox.world.sendAsUser(THREAD, 'Hello');
	expect(await said).toMatchObject({
		event: 'message',
		eventName: 'message.received',
		threadId: THREAD,
		role: 'bot',
	});
	expect(emitted[0]?.key).toBe(`workflow-1:node-1:${emitted[0]?.json['eventKey'] as string}`);
	await response.closeFunction?.();
});

it('emits only the events that are chosen', async () => {
	const { response, next, emitted } = await start('trigger', { events: ['typing', 'error'] });
	const heard = next();
	sandbox.world.sendFrame(THREAD, { type: 'message.received', payload: { threadId: THREAD, messages: [] } });
	sandbox.world.sendFrame(THREAD, { type: 'agent.typing', payload: { threadId: THREAD } });
	await heard;
	expect(emitted.map(({ json, key }) => [json['event'], key])).toEqual([['typing', undefined]]);
	await response.closeFunction?.();
});

it('opens the stream of a test only when n8n is ready for it, and hands over the first event', async () => {
	const { response, next } = await start('manual');
	expect(sandbox.sockets()).toBe(0);
	await response.manualTriggerFunction?.();
	expect(sandbox.sockets()).toBe(1);
	const said = next();
	await sandbox.world.sendAsUser(THREAD, 'Hello');
	expect(await said).toMatchObject({ event: 'message' });
	await response.closeFunction?.();
});

it.each(['trigger', 'manual'] as const)(
	'closes at once, also twice, and leaves nothing behind (%s)',
	async (mode) => {
		const { response, emitted } = await start(mode);
		await response.manualTriggerFunction?.();
		const startedMs = Date.now();
		await Promise.all([response.closeFunction?.(), response.closeFunction?.()]);
		await response.closeFunction?.();
		expect(Date.now() - startedMs).toBeLessThan(1_500);
		await until(() => sandbox.sockets() === 0);
		await sandbox.world.sendAsUser(THREAD, 'Is anybody there?');
		expect(emitted).toEqual([]);
	},
);

it('settles a test that is stopped while it still connects', async () => {
	sandbox.faults.add({ match: { surface: 'flowai-socket-info' }, action: { type: 'hang' } });
	const { response } = await start('manual');
	const opening = response.manualTriggerFunction?.();
	await response.closeFunction?.();
	await expect(opening).resolves.toBeUndefined();
	await until(() => sandbox.sockets() === 0);
});

it.each(['trigger', 'manual'] as const)('says that the client ID is wrong (%s)', async (mode) => {
	const values = credentialsFor(sandbox, 'flowAiSocketApi')['flowAiSocketApi'];
	const wrong = { flowAiSocketApi: { ...values, clientId: 'ZmFrZXxmYWtl' } };
	const listening = start(mode, {}, wrong).then(
		async ({ response }) => await response.manualTriggerFunction?.(),
	);
	await expect(listening).rejects.toMatchObject({
		name: expect.stringMatching(/^Node(Api|Operation)Error$/) as string,
	});
	await listening.catch((error: { description?: string }) => expect(error.description).toMatch(/credential/));
});

it('says at once that nothing answers, since n8n itself tries again later', async () => {
	const values = credentialsFor(sandbox, 'flowAiSocketApi')['flowAiSocketApi'];
	const { url } = sandbox;
	await sandbox.close();
	const listening = start('trigger', {}, { flowAiSocketApi: { ...values, baseUrl: url } });
	await expect(listening).rejects.toMatchObject({
		message: `The stream of Flow.ai could not be opened: Nothing answers at ${url}`,
		description: expect.stringContaining('base URL') as string,
	});
});

it('names a setting that is wrong', async () => {
	await expect(start('trigger', { events: [] })).rejects.toMatchObject({ message: 'Events is empty' });
});

it('comes back after the connection was cut, and goes on', async () => {
	const { response, next, errors } = await start('trigger');
	sandbox.faults.add({ match: { surface: 'flowai-socket' }, times: 1, action: { type: 'cut', on: 'now' } });
	const typed = next();
	// Frames are sent until one arrives: the way back takes about a second.
	const knocking = setInterval(
		() =>
			sandbox.world.sendFrame(THREAD, {
				type: 'message.received',
				payload: { threadId: THREAD, messages: [] },
			}),
		50,
	);
	expect(await typed).toMatchObject({ event: 'message' });
	clearInterval(knocking);
	expect(errors).toEqual([]);
	expect(sandbox.sockets()).toBe(1);
	await response.closeFunction?.();
});

it('reports a refusal that comes later as fatal', async () => {
	const { response, nextError } = await start('trigger');
	const fatal = nextError();
	sandbox.faults.add({ match: { surface: 'flowai-socket-info' }, action: { type: 'status', status: 403 } });
	sandbox.faults.add({ match: { surface: 'flowai-socket' }, times: 1, action: { type: 'cut', on: 'now' } });
	expect(await fatal).toMatchObject({ name: 'NodeApiError', httpCode: '403' });
	await response.closeFunction?.();
	await until(() => sandbox.sockets() === 0);
});
