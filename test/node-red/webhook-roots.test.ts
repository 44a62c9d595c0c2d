import { startNodeRed, type NodeRed } from './harness';
import { debugNode, TAB, webhookNode } from './harness/flow';
import { containing } from './harness/matchers';

// Node-RED's own defaults: editor and nodes share the root, and the editor's parser reads every body first.
describe.each([
	['the default roots', { httpAdminRoot: '/', httpNodeRoot: '/' }],
	['nodes below the editor', { httpAdminRoot: '/', httpNodeRoot: '/api' }],
	['roots of their own', { httpAdminRoot: '/admin', httpNodeRoot: '/node' }],
])('the webhook on %s', (_title, roots) => {
	const EVENT = '{"type":"message","threadId":"t-100","activityId":"act-1","messages":[]}';
	const JSON_TYPE = 'application/json';
	let red: NodeRed;
	beforeAll(async () => {
		const settings = { ...roots, apiMaxLength: '16kb' };
		red = await startNodeRed({ settings });
		const secured = { path: 'secured', verification: 'token', headerName: 'x-token' };
		await red.deploy([
			TAB,
			webhookNode('open', { path: 'open' }, 'out'),
			debugNode('out'),
			{ ...webhookNode('secured', secured), credentials: { secret: 'not-a-real-secret' } },
		]);
	});
	afterAll(async () => await red.stop());

	async function post(path: string, body: string, type: string): Promise<[number, unknown]> {
		const url = `${red.nodeUrl}/flowai/webhook/${path}`;
		const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
		return [response.status, await response.json()];
	}
	const refused = (words: string): object => ({ status: 'error', message: containing(words) });

	it('takes an event', async () => {
		const before = red.debug.length;
		expect(await post('open', EVENT, `${JSON_TYPE}; charset=utf-8`)).toEqual([200, { status: 'ok' }]);
		const [message] = (await red.awaitDebug('out')) as { payload: object }[];
		expect(red.debug).toHaveLength(before + 1);
		expect(message?.payload).toMatchObject({ event: 'message', body: JSON.parse(EVENT) as object });
	});

	it.each([
		['no JSON', '{ oops', JSON_TYPE, 400, 'not JSON'],
		['a bare text', '"message"', JSON_TYPE, 400, 'not JSON'],
		['a form', 'type=message&threadId=t-100', 'application/x-www-form-urlencoded', 415, 'application/json'],
		['a form that looks like JSON', EVENT, 'application/x-www-form-urlencoded', 415, 'application/json'],
		['too long an event', JSON.stringify({ text: 'x'.repeat(17_000) }), JSON_TYPE, 413, '16384 bytes'],
	])('refuses %s in JSON, without a word in the log', async (_what, body, type, status, words) => {
		const before = red.log();
		const shown = red.debug.length;
		expect(await post('open', body, type)).toEqual([status, refused(words)]);
		// What comes after it in the log is the next event's: nothing.
		expect((await post('open', EVENT, JSON_TYPE))[0]).toBe(200);
		expect(red.log()).toBe(before);
		expect(red.debug).toHaveLength(shown);
	});

	it('tells nothing about a body to callers who may not send one, or to nobody', async () => {
		expect(await post('secured', '{ oops', JSON_TYPE)).toEqual([401, refused('x-token')]);
		expect(await post('nowhere', '{ oops', JSON_TYPE)).toEqual([404, refused('No flow')]);
	});

	it('leaves the rest of the editor’s side as it is', async () => {
		const response = await red.admin('/flows', {
			method: 'POST',
			headers: { 'content-type': JSON_TYPE },
			body: '{ oops',
		});
		expect([response.status, response.headers.get('content-type')]).toEqual([400, containing('text/html')]);
	});
});
