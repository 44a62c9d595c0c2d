import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { runNode } from './harness';
import { openReplyUrl, withReplyUrl } from '../support/action-calls';
import { itemsOf } from './binary';
import { credentialsFor, formOf, PLACES, startOf, type Place } from './services';
import { startRecorder, type Recorder } from './recorder';
import { loadTree } from './tree';

const sendText = PLACES.find(({ title }) => title === 'flowai message sendText') as Place;
const getMany = PLACES.find(({ title }) => title === 'flowai message getMany') as Place;

describe('every operation in the engine of n8n', () => {
	let sandbox: Sandbox;
	let replyUrl: string;
	beforeAll(async () => {
		sandbox = await startSandbox({ botDelayMs: 0 });
		replyUrl = await openReplyUrl(sandbox);
	});
	afterAll(async () => await sandbox.close());

	it.each(
		PLACES.flatMap((place) =>
			place.operation.examples.map((example) => [place.title, example.name, place, example] as const),
		),
	)('%s: %s', async (_title, _name, place, example) => {
		const { input } = example;
		const before = sandbox.requests().length;
		const tree = await loadTree(place.tree);
		const { items, error, replies } = await runNode({
			tree,
			nodeType: place.nodeType,
			credentials: credentialsFor(sandbox, place.operation.credential),
			parameters: formOf(place, withReplyUrl(input, replyUrl)),
			items: itemsOf(place.operation, example),
			...startOf(place),
		});
		expect(error).toBeUndefined();
		const { outputs } = place.operation;
		const isSplit = outputs !== undefined && Object.hasOwn(input, outputs.when.field);
		expect(items).toHaveLength(isSplit ? outputs.labels.length : 1);
		expect(items.flat().length).toBeGreaterThan(0);
		const linked = example.items?.map((_one, item) => ({ item })) ?? { item: 0 };
		expect(items.flat().map(({ pairedItem }) => pairedItem)).toEqual(items.flat().map(() => linked));
		if (place.operation.credential === undefined) return;
		// What it does reaches the service, by a request or in the answer to a call.
		expect(sandbox.requests().length - before + replies.length).toBeGreaterThan(0);
	});

	const shaped = PLACES.filter(({ operation }) => !operation.isFreeForm);
	it.each(shaped.map((place) => [place.title, place] as const))(
		'%s puts out what its schema promises',
		async (_title, place) => {
			const { tree: name, nodeType, operation, resource } = place;
			const tree = await loadTree(name);
			const folder = nodeType.charAt(0).toUpperCase() + nodeType.slice(1);
			const path = join(
				tree.dir,
				'dist/nodes',
				folder,
				'__schema__/v1.0.0',
				resource.name,
				`${operation.name}.json`,
			);
			const schema = JSON.parse(await readFile(path, 'utf8')) as { type: string; properties: object };
			const { items, error } = await runNode({
				tree,
				nodeType,
				credentials: credentialsFor(sandbox, operation.credential),
				parameters: formOf(place, withReplyUrl(operation.examples[0]?.input ?? {}, replyUrl)),
				items: itemsOf(operation, operation.examples[0] ?? { name: '', input: {} }),
				...startOf(place),
			});
			expect(error).toBeUndefined();
			expect(schema.type).toBe('object');
			const members = Object.keys(items[0]?.[0]?.json ?? {});
			expect(members.length).toBeGreaterThan(0);
			expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(members));
		},
	);

	it('reads every page when all results are wanted', async () => {
		const { items } = await runNode({
			tree: await loadTree(getMany.tree),
			nodeType: getMany.nodeType,
			credentials: credentialsFor(sandbox, 'flowAiApi'),
			parameters: formOf(getMany, { threadId: 't-100', returnAll: true }),
		});
		const texts = sandbox.world.messages('t-100').flatMap(({ messages }) => messages);
		expect(texts.length).toBeGreaterThan(40);
		expect(items[0]).toHaveLength(texts.length);
	});

	it('takes each value from its own item', async () => {
		const { items } = await runNode({
			tree: await loadTree(sendText.tree),
			nodeType: sendText.nodeType,
			credentials: credentialsFor(sandbox, 'flowAiApi'),
			parameters: formOf(sendText, { threadId: '={{ $json.thread }}', text: '={{ $json.text }}' }),
			items: [{ json: { thread: 'n-1', text: 'one' } }, { json: { thread: 'n-2', text: 'two' } }],
		});
		expect(items[0]?.map(({ json, pairedItem }) => [json['threadId'], pairedItem])).toEqual([
			['n-1', { item: 0 }],
			['n-2', { item: 1 }],
		]);
		const said = (thread: string): string | undefined =>
			sandbox.world.messages(thread)[0]?.messages[0]?.fallback;
		expect([said('n-1'), said('n-2')]).toEqual(['one', 'two']);
	});
});

describe('what goes over the wire', () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder(() => ({ body: '{"status":"ok"}' }));
	});
	afterAll(async () => await recorder.close());

	it('is the whole form, typed, with the key in the header', async () => {
		const example = sendText.operation.examples.find(({ name }) => name === 'With everything filled in');
		await runNode({
			tree: await loadTree(sendText.tree),
			nodeType: sendText.nodeType,
			credentials: { flowAiApi: { apiKey: 'Bearer fake-key', baseUrl: `${recorder.url}/rest/v1/` } },
			parameters: formOf(sendText, example?.input ?? {}),
		});
		const [request] = recorder.requests;
		expect(request).toMatchObject({ method: 'POST', url: '/rest/v1/messages/t-100%7Cw_c51f0e2a' });
		expect(request?.headers).toMatchObject({
			authorization: 'Bearer fake-key',
			'content-type': 'application/json',
		});
		expect(JSON.parse(request?.body ?? '')).toEqual({
			payload: {
				type: 'text',
				traceId: 90211,
				speech: 'Åtta personer, tack! 🍽️',
				lang: 'sv',
				timezone: 2,
				params: { seats: [{ value: '8', match: 'åtta' }] },
				originator: {
					name: 'Mara Lind',
					role: 'external',
					profile: { fullName: 'Mara Lind', locale: 'sv-SE' },
					metadata: { loyalty: 'silver' },
				},
			},
		});
	});

	it('keeps the order inside a thread while threads run side by side', async () => {
		const lanes = 4;
		const texts = 24;
		const arrived: number[] = [];
		const laneOf = (number: number): number => number % lanes;
		let release: () => void = () => undefined;
		// The first text of lane 0 is answered when every other lane is through: without lanes side by side this
		// never ends, without order inside the lane its later texts arrive before.
		const slow = await startRecorder(async ({ body }) => {
			const number = Number((JSON.parse(body) as { payload: { speech: string } }).payload.speech);
			arrived.push(number);
			if (number === 0) await new Promise<void>((resolve) => (release = resolve));
			if (arrived.filter((one) => laneOf(one) !== 0).length === texts - texts / lanes) release();
			return { body: '{"status":"ok"}' };
		});
		const items = Array.from({ length: texts }, (_, index) => ({
			json: { thread: `t-${laneOf(index)}`, text: String(index) },
		}));
		const { items: out } = await runNode({
			tree: await loadTree(sendText.tree),
			nodeType: sendText.nodeType,
			credentials: { flowAiApi: { apiKey: 'fake-key', baseUrl: slow.url } },
			parameters: formOf(sendText, { threadId: '={{ $json.thread }}', text: '={{ $json.text }}' }),
			items,
		});
		await slow.close();
		expect(out[0]?.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual(
			items.map((_, index) => index),
		);
		for (const lane of [0, 1, 2, 3]) {
			const numbers = arrived.filter((number) => laneOf(number) === lane);
			expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
		}
		expect(arrived.indexOf(lanes)).toBe(arrived.length - texts / lanes + 1);
	});
});
