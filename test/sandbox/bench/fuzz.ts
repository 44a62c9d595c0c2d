/**
 * Sends requests and frames of all kinds at a sandbox and checks that it answers each with a documented kind of answer
 * and serves on: `node -r ./test/sandbox/register.cjs test/sandbox/bench/fuzz.ts [count]`.
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { spawnSandbox, type SpawnedSandbox } from './spawn';

/** A small generator of its own, so that a failing run can be repeated. */
export function randomOf(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 4294967296) * below);
	};
}

const PARTS = [
	'messages',
	'pause',
	't-100',
	'threads',
	'conversations',
	'bots',
	'k3v9x2ab',
	'events',
	'stream',
	'track',
	'v1',
	'%2F',
	'%00',
	'..',
	'%',
	'é',
	'x'.repeat(300),
	'{',
	'insights',
	'flows',
	'funnel',
	'team-1',
	'teams',
	'5f3a9c0e7d21b84a66e0c1d2%2Fc%2F490150001000',
];
const VALUES: unknown[] = [
	null,
	0,
	-1,
	1e308,
	'',
	'text',
	'x'.repeat(300),
	[],
	{},
	[[]],
	true,
	'\u0000',
	'2026-03-01',
	{ name: 'a', role: 'external' },
	{ type: 'text', speech: 'hi', originator: { name: 'a', role: 'external' } },
	['a'],
	[{ event_id: 'x' }],
	'__proto__',
	'LIVE',
];
const FIELDS = [
	'payload',
	'type',
	'speech',
	'originator',
	'threadId',
	'traceId',
	'params',
	'attachment',
	'metadata',
	'message',
	'version',
	'start_time',
	'end_time',
	'steps',
	'filters',
	'attributes',
	'response_path',
	'audience',
	'channel',
	'__proto__',
	'constructor',
	'secondsToPause',
	'sendMessages',
	'limit',
	'skip',
	'page',
	'page_token',
	'bucket',
	'stat',
	'sync',
];
const METHODS = ['GET', 'POST', 'DELETE', 'PUT', 'PATCH'];

export function fuzzBody(any: (below: number) => number, depth = 0): unknown {
	if (depth > 3 || any(3) === 0) return VALUES[any(VALUES.length)];
	return Object.fromEntries(
		Array.from({ length: any(5) }, () => [FIELDS[any(FIELDS.length)], fuzzBody(any, depth + 1)]),
	);
}

/** One request at a random door. */
export async function fuzzRequest(
	sandbox: SpawnedSandbox,
	any: (below: number) => number,
): Promise<string | undefined> {
	const basic = Buffer.from(
		`${sandbox.keys['chatlayerTokenId']}:${sandbox.keys['chatlayerTokenSecret']}`,
	).toString('base64');
	const doors: Array<[string, string]> = [
		['/flowai/rest/v1', sandbox.keys['flowAiRest'] ?? ''],
		['/flowai/v1', `Bearer ${sandbox.keys['flowAiManagement']}`],
		['/flowai', ''],
		['/flowxo/api', `Bearer ${sandbox.keys['flowXo']}`],
		['/chatlayer/v1', `Basic ${basic}`],
		['/chatlayer-core/v1', `Bearer ${sandbox.keys['chatlayerCore']}`],
		['/sandbox/api', ''],
	];
	const [base, authorization] = doors[any(doors.length)] as [string, string];
	const path = Array.from({ length: 1 + any(4) }, () => PARTS[any(PARTS.length)]).join('/');
	const query = Array.from(
		{ length: any(4) },
		() => `${FIELDS[any(FIELDS.length)]}=${encodeURIComponent(String(VALUES[any(VALUES.length)]))}`,
	).join('&');
	const method = METHODS[any(METHODS.length)] ?? 'GET';
	const raw = any(5) === 0 ? '{"broken":' : JSON.stringify(fuzzBody(any));
	const type =
		[
			'application/json',
			'text/plain',
			'application/xml',
			'multipart/form-data; boundary=x',
			'multipart/form-data',
		][any(10)] ?? 'application/json';
	const response = await fetch(`${sandbox.url}${base}/${path}?${query}`, {
		method,
		headers: {
			...(any(10) > 0 ? { authorization } : {}),
			...(method === 'GET' ? {} : { 'content-type': type }),
		},
		...(method === 'GET' ? {} : { body: raw }),
	});
	const text = await response.text();
	const call = `${method} ${base}/${path}?${query} ${method === 'GET' ? '' : `${type} ${raw}`}`;
	if (response.status >= 500) return `${response.status} for ${call}`;
	if (text === '' || response.headers.get('content-type')?.includes('json') !== true) return undefined;
	try {
		JSON.parse(text);
		return undefined;
	} catch {
		return `no JSON for ${call}`;
	}
}

/** Frames at one connection; answers must be frames, and a ping must be answered at the end. */
export async function fuzzFrames(
	sandbox: SpawnedSandbox,
	any: (below: number) => number,
	count: number,
): Promise<void> {
	const info = await fetch(
		`${sandbox.url}/flowai/socket.info?sessionId=f&clientId=${encodeURIComponent(sandbox.keys['flowAiClientId'] ?? '')}`,
	);
	const { payload } = (await info.json()) as { payload: { endpoint: string } };
	const ws = new WebSocket(payload.endpoint);
	await once(ws, 'open');
	const types = ['message.send', 'ping', 'thread.noticed', 'log', 'dance', ''];
	for (let n = 0; n < count; n += 1) {
		const frame =
			any(8) === 0 ? '{"type":' : JSON.stringify({ type: types[any(types.length)], payload: fuzzBody(any) });
		ws.send(any(20) === 0 ? Buffer.from(frame) : frame);
	}
	const end = `end-${count}`;
	ws.send(JSON.stringify({ type: 'message.send', payload: { threadId: 'fuzz-end', speech: end } }));
	await new Promise<void>((resolve, reject) => {
		ws.on('message', (data: Buffer) => data.toString().includes(end) && resolve());
		ws.on('close', () => reject(new Error('the connection was closed')));
	});
	ws.terminate();
}

async function main(count: number): Promise<void> {
	const sandbox = await spawnSandbox();
	const any = randomOf(42);
	const started = performance.now();
	const half = Math.floor(count / 2);
	const problems: string[] = [];
	for (let n = 0; n < half; n += 32) {
		const results = await Promise.all(Array.from({ length: 32 }, () => fuzzRequest(sandbox, any)));
		problems.push(...results.filter((problem) => problem !== undefined));
	}
	for (let n = 0; n < half; n += 5_000) await fuzzFrames(sandbox, any, 5_000);
	const seconds = (performance.now() - started) / 1000;
	const memory = Math.round((await sandbox.memory()) / 1e6);
	console.log(
		`${half} requests and ${half} frames in ${seconds.toFixed(1)} s, ${problems.length} wrong answers, ${memory} MB`,
	);
	for (const problem of problems.slice(0, 10)) console.log(problem);
	sandbox.stop();
	if (problems.length > 0) process.exitCode = 1;
}

if (require.main === module) void main(Number(process.argv[2] ?? 100_000));
