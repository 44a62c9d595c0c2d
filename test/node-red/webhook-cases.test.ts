import { startSandbox } from '@convoflow/sandbox';
import { actionCases } from '../webhook-cases/action-cases';
import { eventCases } from '../webhook-cases/event-cases';
import {
	actionCall,
	call,
	SECRET,
	type Listening,
	type RawAnswer,
	type TriggerSetup,
	type WebhookHost,
} from '../webhook-cases/host';
import { startNodeRed, type FlowNode, type NodeRed } from './harness';

interface Shown {
	readonly payload: {
		readonly event?: string;
		readonly text?: string;
		readonly query?: string;
		readonly body: unknown;
	};
}

let red: NodeRed;
const flows: FlowNode[] = [];
let count = 0;

/** The nodes of one trigger on a tab of its own. */
function nodesOf(
	id: string,
	{ kind, verification = 'none', secrets = [SECRET], flow, answer = 'reply' }: TriggerSetup,
): FlowNode[] {
	const node = (name: string, type: string, config: object, ...to: string[]): FlowNode => ({
		id: `${id}-${name}`,
		type,
		z: id,
		x: 100,
		y: 100,
		...config,
		wires: [to.map((one) => `${id}-${one}`)],
	});
	const [secret, second] = secrets;
	const end = kind === 'action' ? 'reply' : 'done';
	const next = flow === 'slow' ? 'delay' : flow === 'failing' ? 'fail' : end;
	const debug = { active: true, tosidebar: true, complete: 'true', targetType: 'full' };
	const seconds = kind === 'action' ? '9' : '2';
	return [
		{ id, type: 'tab', label: id },
		kind === 'action'
			? node('in', 'flowai-action', { path: id, answer, flowAiActionApi: `${id}-token` }, 'seen', next)
			: node(
					'in',
					'flowai-webhook',
					{
						path: id,
						events: 'message,other',
						verification,
						headerName: 'x-access-token',
						credentials: { secret, ...(second ? { secondSecret: second } : {}) },
					},
					'seen',
					next,
				),
		node('seen', 'debug', debug),
		node('delay', 'delay', { pauseType: 'delay', timeout: seconds, timeoutUnits: 'seconds' }, end),
		node('fail', 'function', { func: "throw new Error('made to fail');", outputs: 1 }),
		node('reply', 'flowai-reply', {
			operation: 'action.reply',
			flowAiActionApi: `${id}-token`,
			text: 'payload.query',
			textType: 'msg',
		}),
		node('done', 'function', { func: 'return msg;', outputs: 1 }),
		node('catch', 'catch', { scope: null }, 'failed'),
		node('failed', 'debug', debug),
		{
			id: `${id}-token`,
			type: 'flowai-action-api',
			credentials: { verifyToken: secret, ...(second ? { secondVerifyToken: second } : {}) },
		},
	];
}

function textOf({ payload }: Shown): string {
	if (payload.event === 'other') return `other ${JSON.stringify(payload.body)}`;
	return payload.query ?? payload.text ?? '';
}

async function listen(setup: TriggerSetup): Promise<Listening> {
	count += 1;
	const id = `case${count}`;
	flows.push(...nodesOf(id, setup));
	await red.deploy(flows, 'flows');
	const texts = async (atLeast: number): Promise<string[]> =>
		((await red.awaitDebug(`${id}-seen`, atLeast)) as Shown[]).map(textOf);
	return {
		url: `${red.nodeUrl}/flowai/${setup.kind === 'action' ? 'action' : 'webhook'}/${id}`,
		textsUntil: async (text) => {
			for (let wanted = 1; ; wanted += 1) {
				const seen = await texts(wanted);
				if (seen.includes(text)) return seen;
				wanted = seen.length;
			}
		},
		failure: async () => {
			const [failed] = (await red.awaitDebug(`${id}-failed`)) as { error: { message: string } }[];
			return failed?.error.message ?? '';
		},
	};
}

const host = (): WebhookHost => ({
	listen,
	tooMuch: 6 * 1024 ** 2,
	wrongMethod: 405,
	tooMuchStatus: 413,
	noJson: 400,
});

describe('webhook cases in Node-RED', () => {
	beforeAll(async () => {
		red = await startNodeRed();
	});
	afterAll(async () => await red.stop());

	describe('Flow.ai events', () => eventCases(host));
	describe('Flow.ai actions', () => actionCases(host));

	it('HOOK-24 sends calls away while 500 wait for a reply, and takes them again when those are done', async () => {
		const trigger = await listen({ kind: 'action', flow: 'slow' });
		let sent = 0;
		let taken = 0;
		let away: RawAnswer[] = [];
		// A busy machine may not have 500 calls at once, since the first give up waiting before the last have come.
		for (let count = 700; away.length === 0 && count <= 2_800; count *= 2) {
			const from = sent;
			sent += count;
			const answers = await Promise.all(
				Array.from({ length: count }, (_, at) => call(trigger.url, { body: actionCall(`${from + at}`) })),
			);
			away = answers.filter(({ status }) => status === 503);
			taken += answers.filter(({ status }) => status === 200).length;
			expect(away.length + taken).toBe(sent);
		}
		expect(away.length).toBeGreaterThan(0);
		expect(away.every(({ headers }) => headers['retry-after'] === '1')).toBe(true);
		// Nothing is half-taken: what was sent away started nothing.
		const ran = await trigger.textsUntil('0');
		expect(new Set(ran).size).toBe(taken);
		expect((await call(trigger.url, { method: 'GET' })).status).toBe(200);
	});

	it('NODE-29 a second node with the path of another is refused with a reason; after a deploy the live one answers', async () => {
		const trigger = await listen({ kind: 'action' });
		const id = `case${count}`;
		const twin = nodesOf('twin', { kind: 'action' }).map((one) =>
			one.id === 'twin-in' ? { ...one, path: id } : one,
		);
		await red.deploy([...flows, ...twin], 'flows');
		await red.awaitStatus('twin-in', 'flowai-action.status.failed');
		expect(red.log()).toContain(`Another flowai-action node has the path "${id}"`);
		await red.deploy(flows, 'full');
		expect((await call(trigger.url, { body: actionCall('after') })).text).toContain('after');
		expect((await call(trigger.url.replace(id, 'nobody'), { body: actionCall('after') })).status).toBe(404);
	});

	it('NODE-23 a deploy gives waiting calls an empty answer at once', async () => {
		const trigger = await listen({ kind: 'action', flow: 'slow' });
		const waiting = call(trigger.url, { body: actionCall('waits') });
		await trigger.textsUntil('waits');
		const before = Date.now();
		await red.deploy(flows, 'full');
		const { status, text } = await waiting;
		expect([status, JSON.parse(text)]).toEqual([200, { verifyToken: SECRET }]);
		expect(Date.now() - before).toBeLessThan(5_000);
	});

	it('replies to a flow of the sandbox, whose thread shows it', async () => {
		const sandbox = await startSandbox();
		try {
			const trigger = await listen({ kind: 'action' });
			const target = { url: trigger.url, verifyToken: SECRET, action: 'reserve' };
			expect(await sandbox.world.callAction(target, 't-101', 'Booked for two')).toEqual({
				status: 200,
				taken: true,
			});
			const said = sandbox.world
				.messages('t-101')
				.flatMap(({ messages }) => messages.map(({ fallback }) => fallback));
			expect(said).toContain('Booked for two');
		} finally {
			await sandbox.close();
		}
	});

	it('NODE-33 neither the exported flow nor a message nor the log holds a secret', async () => {
		const trigger = await listen({ kind: 'action' });
		await call(trigger.url, { body: actionCall('shown') });
		await trigger.textsUntil('shown');
		const exported = await (await red.admin('/flows')).text();
		expect(exported).toContain('flowai-action-api');
		for (const text of [exported, JSON.stringify(red.debug), red.log()]) expect(text).not.toContain(SECRET);
	});

	it('NODE-21 a second reply is refused with a clear message', async () => {
		const trigger = await listen({ kind: 'action' });
		const id = `case${count}`;
		const doubled = flows.map((one) =>
			one.id === `${id}-reply` ? { ...one, wires: [[`${id}-again`]] } : one,
		);
		const again = {
			...flows.find((one) => one.id === `${id}-reply`),
			id: `${id}-again`,
			wires: [[]],
			text: 'twice',
			textType: 'str',
		};
		await red.deploy([...doubled, again as FlowNode], 'flows');
		expect((await call(trigger.url, { body: actionCall('once') })).text).toContain('once');
		expect(await trigger.failure()).toContain('has its reply already');
	});
});
