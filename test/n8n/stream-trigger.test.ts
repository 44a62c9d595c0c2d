import { setTimeout as sleep } from 'node:timers/promises';
import { TriggerContext } from 'n8n-core';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import type { IDataObject, INodeParameters, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { reconnect } from '../support/reconnects';
import type { Credentials } from './credentials-helper';
import { noteWorked } from './ledger';
import { checkItems, triggerSchema } from './output-schemas';
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
	helpers: object = {},
	staticData: IDataObject = {},
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
	workflow.staticData = staticData;
	const emitted: Running['emitted'] = [];
	const errors: Error[] = [];
	let onEvent: (json: IDataObject) => void = () => undefined;
	let onError: (error: Error) => void = () => undefined;
	const emit: TriggerContext['emit'] = (data, _response, _done, key) => {
		for (const { json } of data[0] ?? []) {
			checkItems(triggerSchema(tree.dir, 'flowAiStreamTrigger'), [{ json }], 'the stream');
			noteWorked('flowAiStreamTrigger');
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
	Object.assign(context.helpers, helpers);
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

it('NODE-05 opens the stream of a test only when n8n is ready for it, and hands over the first event', async () => {
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
	'NODE-08 closes at once, also twice, and leaves nothing behind (%s)',
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

it('NODE-06 settles a test that is stopped while it still connects', async () => {
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

it('NODE-07 names a setting that is wrong', async () => {
	await expect(start('trigger', { events: [] })).rejects.toMatchObject({ message: 'Events is empty' });
});

it('NODE-09 comes back after the connection was cut, and goes on', async () => {
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

it('NODE-10 emits an event once after 200 reconnects', async () => {
	const { response, next, emitted, errors } = await start('trigger', { events: ['message'] });
	await reconnect(sandbox, 200);
	const said = next();
	await sandbox.world.sendAsUser(THREAD, 'Still there?');
	await said;
	// What a second listener would have emitted stands before this one.
	const second = next();
	await sandbox.world.sendAsUser(THREAD, 'And now?');
	await second;
	expect(emitted.map(({ json }) => json['event'])).toEqual(['message', 'message']);
	expect(new Set(emitted.map(({ key }) => key)).size).toBe(2);
	expect(errors).toEqual([]);
	expect(sandbox.sockets()).toBe(1);
	await response.closeFunction?.();
});

it('NODE-09 brings what was said while n8n was stopped or the workflow inactive, once', async () => {
	// n8n keeps static data as JSON.
	const kept = (staticData: IDataObject): IDataObject =>
		JSON.parse(JSON.stringify(staticData)) as IDataObject;
	const lives: Running[] = [];
	let staticData: IDataObject = {};
	for (const number of [1, 3, 5]) {
		staticData = kept(staticData);
		const life = await start('trigger', {}, undefined, {}, staticData);
		lives.push(life);
		await sandbox.world.sendAsUser(THREAD, `My number is ${number}`);
		await until(() => life.emitted.some(({ json }) => JSON.stringify(json['text']).includes(String(number))));
		await life.response.closeFunction?.();
		await until(() => sandbox.sockets() === 0);
		await sandbox.world.sendAsUser(THREAD, `My number is ${number + 1}`);
	}
	const texts = lives.map(({ emitted }) =>
		emitted.map(({ json }) => /\d/.exec(JSON.stringify(json['text']))?.[0]),
	);
	expect(texts).toEqual([['1'], ['2', '3'], ['4', '5']]);
});

it('keeps nothing of a test', async () => {
	const staticData: IDataObject = {};
	const { response, next } = await start('manual', {}, undefined, {}, staticData);
	await response.manualTriggerFunction?.();
	const said = next();
	await sandbox.world.sendAsUser(THREAD, 'Hello');
	await said;
	await response.closeFunction?.();
	expect(JSON.stringify(staticData)).toBe('{}');
});

it('NODE-09 reports a refusal that comes later as fatal', async () => {
	const { response, nextError } = await start('trigger');
	const fatal = nextError();
	sandbox.faults.add({ match: { surface: 'flowai-socket-info' }, action: { type: 'status', status: 403 } });
	sandbox.faults.add({ match: { surface: 'flowai-socket' }, times: 1, action: { type: 'cut', on: 'now' } });
	expect(await fatal).toMatchObject({ name: 'NodeApiError', httpCode: '403' });
	await response.closeFunction?.();
	await until(() => sandbox.sockets() === 0);
});

it('listens to several threads, asks once with a wrong client ID, and tells one refusal of all of them', async () => {
	const threadId = `${THREAD}, s-201\ns-202`;
	for (const id of ['s-201', 's-202']) sandbox.world.ensureThread(id, 'socket');
	const infos = (): unknown[] => sandbox.requests().filter(({ path }) => path.endsWith('/socket.info'));
	const values = credentialsFor(sandbox, 'flowAiSocketApi')['flowAiSocketApi'];
	const wrong = { flowAiSocketApi: { ...values, clientId: 'ZmFrZXxmYWtl' } };
	await expect(start('trigger', { threadId }, wrong)).rejects.toThrow();
	expect(infos()).toHaveLength(1);

	const { response, emitted, errors } = await start('trigger', { threadId, events: ['message'] });
	expect(sandbox.sockets()).toBe(3);
	for (const id of [THREAD, 's-201', 's-202']) sandbox.world.sayAsBot(id, `in ${id}`);
	await until(() => emitted.length === 3);
	expect(new Map(emitted.map(({ json }) => [json['threadId'], json['text']]))).toEqual(
		new Map([THREAD, 's-201', 's-202'].map((id) => [id, `in ${id}`])),
	);
	sandbox.faults.add({ match: { surface: 'flowai-socket-info' }, action: { type: 'status', status: 403 } });
	const before = infos().length;
	sandbox.faults.add({ match: { surface: 'flowai-socket' }, times: 3, action: { type: 'cut', on: 'now' } });
	await until(() => infos().length === before + 3);
	await until(() => errors.length > 0);
	await response.closeFunction?.();
	expect(errors).toHaveLength(1);
});

it('NODE-17 says what to do where Node.js has no web sockets', async () => {
	const kept = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket') ?? {};
	Reflect.deleteProperty(globalThis, 'WebSocket');
	try {
		await expect(start('trigger')).rejects.toMatchObject({
			message: 'This n8n runs on a Node.js version without web sockets',
			description: expect.stringContaining('Update n8n') as string,
		});
	} finally {
		Object.defineProperty(globalThis, 'WebSocket', kept);
	}
	expect(sandbox.requests()).toEqual([]);
});

it('asks the instance whether the address of the socket may be reached, and obeys', async () => {
	const asked: string[] = [];
	const getSecureEgressFilter = (): object => ({
		validateUrl: (url: string) => {
			asked.push(url);
			return Promise.resolve({ ok: false });
		},
	});
	const listening = start('trigger', {}, undefined, { getSecureEgressFilter });
	await expect(listening).rejects.toThrow(/this n8n does not allow the address/);
	expect(asked).toEqual([expect.stringMatching(/^ws:/) as string]);
	expect(sandbox.sockets()).toBe(0);
});

it('names the origin at the upgrade, and sends the secret of the thread along', async () => {
	await sandbox.close();
	sandbox = await startSandbox({ botDelayMs: 0, nonce: true });
	sandbox.world.ensureThread(THREAD, 'socket');
	const values = credentialsFor(sandbox, 'flowAiSocketApi')['flowAiSocketApi'];
	const { response } = await start(
		'trigger',
		{},
		{ flowAiSocketApi: { ...values, origin: 'https://www.example.com' } },
	);
	sandbox.faults.add({ match: { surface: 'flowai-socket' }, times: 1, action: { type: 'cut', on: 'now' } });
	const infos = (): unknown[] => sandbox.requests().filter(({ path }) => path.endsWith('/socket.info'));
	// The sandbox refuses a second request without the secret that it gave out at the first.
	await until(() => infos().length === 2 && sandbox.sockets() === 1);
	expect(infos()).toEqual(infos().map(() => expect.objectContaining({ status: 200 }) as unknown));
	await response.closeFunction?.();
});

it('brings what was said while the connection was cut', async () => {
	const { response, emitted } = await start('trigger', { events: ['message'] });
	sandbox.world.sayAsBot(THREAD, 'before');
	await until(() => emitted.length === 1);
	sandbox.faults.add({ match: { surface: 'flowai-socket' }, times: 1, action: { type: 'cut', on: 'now' } });
	sandbox.world.sayAsBot(THREAD, 'meanwhile');
	await until(() => emitted.length === 2);
	expect(emitted.map(({ json }) => [json['text'], json['recovered']])).toEqual([
		['before', false],
		['meanwhile', true],
	]);
	await response.closeFunction?.();
});

it('NODE-11 leaves out what is said in another thread', async () => {
	await sandbox.close();
	sandbox = await startSandbox({ botDelayMs: 0, broadcast: true });
	for (const id of [THREAD, 's-other']) sandbox.world.ensureThread(id, 'socket');
	const { response, emitted } = await start('trigger', { events: ['message'] });
	sandbox.world.sayAsBot('s-other', 'not ours');
	sandbox.world.sayAsBot(THREAD, 'ours');
	await until(() => emitted.length > 0);
	expect(emitted.map(({ json }) => json['text'])).toEqual(['ours']);
	await response.closeFunction?.();
});

it('announces what the history no longer holds', async () => {
	const { response, emitted } = await start('trigger', { events: ['message', 'gap'] });
	sandbox.world.sayAsBot(THREAD, 'before');
	await until(() => emitted.length === 1);
	sandbox.faults.add({ match: { surface: 'flowai-socket' }, times: 1, action: { type: 'cut', on: 'now' } });
	for (let number = 1; number <= 30; number += 1) sandbox.world.sayAsBot(THREAD, `late ${number}`);
	await until(() => emitted.length === 22);
	expect(emitted[1]?.json).toMatchObject({ event: 'gap', threadId: THREAD });
	expect(emitted.at(-1)?.json['text']).toBe('late 30');
	await response.closeFunction?.();
});
