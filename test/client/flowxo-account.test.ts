import { FlowXoClient, FlowXoFlowClient, type ConvoflowError, type HttpRequest } from '@convoflow/client';
import { answer, fakePorts, fault, rejection, text, type FakePorts, type Step } from '../support/fake-ports';

const API = 'https://flowxo.com/api';
const client = (ports: FakePorts): FlowXoClient => new FlowXoClient(ports, { baseUrl: API, retries: 0 });

/** What went over the wire, as the document has it. */
const wire = (ports: FakePorts): Partial<HttpRequest>[] =>
	ports.requests.map(({ method, url, headers, body }) => ({
		method,
		url,
		headers,
		...(body ? { body } : {}),
	}));

const READ = { accept: 'application/json' };
const WRITE = { accept: 'application/json', 'content-type': 'application/json' };

describe('sendMessage (Flow XO reference §6)', () => {
	it.each([
		'5f3a/c/490150001122',
		'5f3a%2Fc%2F490150001122',
		'5f3a%252Fc%252F490150001122',
		' 5f3a/c/490150001122 ',
	])('sends to the raw response path for %j', async (conversationId) => {
		const ports = fakePorts([answer({ success: true })]);
		const message = { type: 'image', url: 'https://files.example.com/route.png' };
		expect(await client(ports).sendMessage({ conversationId, type: 'media', message })).toEqual({
			success: true,
		});
		expect(wire(ports)).toEqual([
			{
				method: 'POST',
				url: `${API}/end_users/messages`,
				headers: WRITE,
				body: '{"response_path":"5f3a/c/490150001122","type":"media","message":{"type":"image","url":"https://files.example.com/route.png"}}',
			},
		]);
	});

	it.each<[string, Step, unknown]>([
		['an empty answer', text(''), null],
		['words', text('OK'), 'OK'],
		['any JSON', answer([1]), [1]],
		['no content', text('', 204), null],
	])('takes %s for a success, since the body is unknown', async (_name, step, reply) => {
		const sent = client(fakePorts([step])).sendMessage({
			conversationId: 'b/c/u',
			type: 'text',
			message: {},
		});
		expect(await sent).toEqual(reply);
	});

	it.each([{ status: 'error', message: 'no plan' }, { error: 'no plan' }])(
		'HTTP-12 takes %j for a refusal, whatever its status',
		async (body) => {
			const ports = fakePorts([answer(body)]);
			const sent = client(ports).sendMessage({ conversationId: 'b/c/u', type: 'text', message: {} });
			expect(await rejection(sent)).toMatchObject({
				code: 'FLOWXO_REJECTED',
				message: 'Flow XO refused this: no plan',
			});
		},
	);

	it('HTTP-10 takes a web page for none', async () => {
		const ports = fakePorts([text('<html>Sign in</html>', 200, { 'content-type': 'text/html' })]);
		const sent = client(ports).sendMessage({ conversationId: 'b/c/u', type: 'text', message: {} });
		expect(await rejection(sent)).toMatchObject({ code: 'FLOWXO_NOT_JSON' });
	});

	it.each(['', ' ', '.', '..', '%2e%2e'])('refuses the ID %j before any request', async (conversationId) => {
		const ports = fakePorts([answer({})]);
		const sent = client(ports).sendMessage({ conversationId, type: 'text', message: {} });
		expect(await rejection(sent)).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT', field: 'conversationId' });
		expect(ports.requests).toHaveLength(0);
	});

	it('HTTP-02 is not repeated when its fate is open', async () => {
		const ports = fakePorts([fault('ECONNRESET')]);
		const repeating = new FlowXoClient(ports, { baseUrl: API, retries: 2 });
		const sent = repeating.sendMessage({ conversationId: 'b/c/u', type: 'text', message: {} });
		expect(await rejection(sent)).toMatchObject({ code: 'CONVOFLOW_OUTCOME_UNKNOWN' });
		expect(ports.requests).toHaveLength(1);
	});
});

describe('account', () => {
	it('insights asks with offset, start, end and unit (Flow XO reference §6)', async () => {
		const body = { stats: [{ active_users: 40 }], metrics: [] };
		const ports = fakePorts([answer(body)]);
		const asked = { start: '2026-01-01', end: '2026-02-01', unit: 'month', offsetMinutes: -60 } as const;
		expect(await client(ports).account.insights(asked)).toEqual(body);
		expect(wire(ports)).toEqual([
			{
				method: 'GET',
				url: `${API}/insights?offset=-60&start=2026-01-01&end=2026-02-01&unit=month`,
				headers: READ,
			},
		]);
	});

	it.each([text(''), answer(null), answer([]), answer({ error: 'no plan' })])(
		'HTTP-11 insights refuses $text',
		async (step) => {
			const asked = { start: '2026-01-01', end: '2026-02-01', unit: 'day', offsetMinutes: 0 } as const;
			expect(await rejection(client(fakePorts([step])).account.insights(asked))).toMatchObject({
				code: 'FLOWXO_REJECTED',
			});
		},
	);

	it('flows reads the bare array (Flow XO reference §6)', async () => {
		const flows = [{ _id: '64c0ffee1234567890abcde1', name: 'Opening hours', active: true }];
		const ports = fakePorts([answer(flows)]);
		expect(await client(ports).account.flows()).toEqual(flows);
		expect(wire(ports)).toEqual([{ method: 'GET', url: `${API}/workflows/simple`, headers: READ }]);
		expect(await client(fakePorts([text('')])).account.flows()).toEqual([]);
		expect(await rejection(client(fakePorts([answer({})])).account.flows())).toMatchObject({
			code: 'FLOWXO_REJECTED',
		});
	});

	it.each([true, false])('setFlowActive puts {"active": %p} (Flow XO reference §6)', async (active) => {
		const ports = fakePorts([answer({ _id: 'f/1', active })]);
		await client(ports).account.setFlowActive('f/1', active);
		expect(wire(ports)).toEqual([
			{ method: 'PUT', url: `${API}/workflows/f%2F1`, headers: WRITE, body: `{"active":${active}}` },
		]);
	});

	it.each(['', '..'])('setFlowActive refuses the flow %j', async (id) => {
		const ports = fakePorts([answer({})]);
		expect(await rejection(client(ports).account.setFlowActive(id, true))).toMatchObject({ field: 'flowId' });
		expect(ports.requests).toHaveLength(0);
	});
});

describe('FlowXoFlowClient (Flow XO reference §8)', () => {
	const HOOK = 'https://flowxo.com/hooks/a/x7Kp29Qz';
	const flow = (ports: FakePorts): FlowXoFlowClient =>
		new FlowXoFlowClient(ports, { baseUrl: HOOK, retries: 2 });

	it('posts the data to the address itself, null values included', async () => {
		const ports = fakePorts([text('')]);
		expect(await flow(ports).start({ order: 7, note: null })).toBeNull();
		expect(wire(ports)).toEqual([
			{ method: 'POST', url: HOOK, headers: WRITE, body: '{"order":7,"note":null}' },
		]);
	});

	it.each<[string, Step]>([
		['404', answer({ message: 'No such hook: POST /hooks/a/x7Kp29Qz' }, 404)],
		['500', text('failed at https://flowxo.com/hooks/a/x7Kp29Qz', 500)],
		['a fault', fault('ECONNREFUSED', 'connect to https://flowxo.com/hooks/a/x7Kp29Qz')],
		['a page', text('<html>/hooks/a/x7Kp29Qz</html>', 200, { 'content-type': 'text/html' })],
	])('keeps the address out of the error of %s', async (_name, step) => {
		const ports = fakePorts([step]);
		const error = (await rejection(ports.clock.run(flow(ports).start({})))) as ConvoflowError;
		expect(error.code).toMatch(/^(FLOWXO|CONVOFLOW)_/);
		const told = JSON.stringify([error.message, error.stack, { ...error }, ports.logs]);
		expect(told).not.toContain('x7Kp29Qz');
	});
});

describe('custom payloads (Flow XO reference §3)', () => {
	const GOOD = { id: 'm1', type: 'custom', custom: '{"text":"Pick a day","preview":false}' };
	const BROKEN = { id: 'm2', type: 'custom', custom: '{"text":"broken' };
	const ODD = { id: 'm3', type: 'hologram', beam: true, options: null };

	it('come parsed beside the original; broken ones stay text, unknown types pass', async () => {
		const ports = fakePorts([answer([GOOD, BROKEN, ODD]), answer([ODD])]);
		const read = await client(ports).listMessages('b/c/u', { limit: 3 }).next();
		expect(read.value).toEqual([
			{ ...GOOD, custom_parsed: { text: 'Pick a day', preview: false } },
			BROKEN,
			ODD,
		]);
	});

	it('are read in the last message too, and a missing one stays missing', async () => {
		const rows = [{ id: 'a', last_message: GOOD }, { id: 'b' }, { id: 'c', last_message: null }];
		const ports = fakePorts([answer({ total: 3, conversations: rows })]);
		const read = await client(ports).listConversations().next();
		expect(read.value).toEqual([
			{ id: 'a', last_message: { ...GOOD, custom_parsed: { text: 'Pick a day', preview: false } } },
			rows[1],
			rows[2],
		]);
		const one = fakePorts([answer({ id: 'a', last_message: GOOD })]);
		expect(await client(one).getConversation('a')).toMatchObject({
			last_message: { custom_parsed: { text: 'Pick a day' } },
		});
	});
});
