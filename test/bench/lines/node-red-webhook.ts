import { createHmac } from 'node:crypto';
import path from 'node:path';
import type { FlowNode } from '../../node-red/harness';
import { node } from '../../node-red/harness/flow';
import { spawnScript } from '../../sandbox/bench/spawn';
import { paired, type Figure, type Line } from '../figure';
import { RedBench } from '../hosts/node-red';
import type { HttpLoad } from '../load/http-load';

const CONNECTIONS = 50;
const SECRET = 'bench-secret';

/** A token as Flow.ai's sample checks it (Flow.ai reference §4.3). */
function token(): string {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iss: 'bench' })}`;
	return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}

/** The same check and the same memory of repeats, as a user would write them into a function node. */
const CHECK = `const [scheme, jwt] = String(msg.req.headers.authorization).split(' ');
const [head, claims, signature] = jwt.split('.');
const signed = crypto.createHmac('sha256', '${SECRET}').update(head + '.' + claims).digest();
const given = Buffer.from(signature, 'base64url');
const header = JSON.parse(Buffer.from(head, 'base64url'));
if (header.alg !== 'HS256' || given.length !== signed.length || !crypto.timingSafeEqual(given, signed)) {
	msg.statusCode = 401;
	msg.payload = { status: 'error' };
	return [msg, null];
}
const seen = context.get('seen') || new Map();
context.set('seen', seen);
const body = msg.payload;
const key = body.type + ' ' + body.activityId;
const isNew = !seen.has(key);
seen.set(key, Date.now());
if (seen.size > 10000) seen.delete(seen.keys().next().value);
const event = isNew ? { payload: body } : null;
msg.payload = { status: 'ok' };
return [msg, event];`;

const theirs = (): FlowNode[] => [
	node('in', 'http in', { url: '/theirs', method: 'post' }, 'check'),
	{
		...node('check', 'function', {
			func: CHECK,
			outputs: 2,
			libs: [{ var: 'crypto', module: 'node:crypto' }],
		}),
		wires: [['out'], ['count']],
	},
	node('out', 'http response', {}),
];

const ours = (path: string, durable: boolean): FlowNode =>
	node(
		path,
		'flowai-webhook',
		{ path, events: 'message', verification: 'jwt', durable, credentials: { secret: SECRET } },
		'count',
	);

/** Taking events in at Node-RED's door. */
export const nodeRedWebhook: Line = {
	name: 'node-red-webhook',
	run: async ({ rounds, quick }) => {
		const events = quick ? 5_000 : 20_000;
		const bench = await RedBench.start();
		try {
			const bearer = token();
			let from = 0;
			const round = async (address: string): Promise<number> => {
				const script = path.join(__dirname, '../load/http-load.ts');
				let startedMs = 0;
				let answeredMs = 0;
				// Answered and through the flow: events that wait in a queue are not done.
				const ended = await bench.measure(async () => {
					const options = [`${bench.red.nodeUrl}${address}`, CONNECTIONS, from, events, bearer];
					from += events;
					const { said } = await spawnScript<HttpLoad>(script, ...options.map(String));
					if (said.wrong > 0) throw new Error(`${said.wrong} events were not answered with 200`);
					startedMs = said.startedMs;
					answeredMs = said.endedMs;
				}, events);
				return (events / (Math.max(answeredMs, ended.endedMs) - startedMs)) * 1_000;
			};
			const figures: Figure[] = [];
			for (const [name, least] of [
				['plain', 1.3],
				['durable', 1],
			] as const) {
				await bench.deploy(...theirs(), ours(name, name === 'durable'));
				const result = await paired(
					rounds,
					async () => await round(`/flowai/webhook/${name}`),
					async () => await round('/theirs'),
				);
				figures.push({
					work: `Node-RED: webhook trigger with JWT check and memory of repeats, ${CONNECTIONS} connections, Durable ${name === 'durable' ? 'on' : 'off'}`,
					ours: result.ours,
					theirs: result.theirs,
					unit: 'a second',
					ratio: result.oursByTheirs,
					target: `≥ ${least.toFixed(1)} times as many`,
					met: result.oursByTheirs >= least,
					against: 'http in, a function with HMAC and a map of keys, http response',
					rounds,
				});
			}
			return figures;
		} finally {
			await bench.stop();
		}
	},
};
