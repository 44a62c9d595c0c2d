/** Requests and frames a second that the sandbox serves: `node -r ./test/sandbox/register.cjs test/sandbox/bench/throughput.ts`. */
import { Agent, request } from 'node:http';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { spawnSandbox } from './spawn';

const SECONDS = 3;
const LANES = 32;

async function main(): Promise<void> {
	const sandbox = await spawnSandbox('--speed', '1000');
	const agent = new Agent({ keepAlive: true, maxSockets: LANES });
	const send = (method: string, url: string, key: string, body?: string): Promise<void> =>
		new Promise((resolve, reject) => {
			const headers = {
				authorization: key,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			};
			const sent = request(url, { method, agent, headers }, (response) => {
				if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
				response.resume().on('end', resolve);
			});
			sent.on('error', reject);
			sent.end(body);
		});
	const measure = async (name: string, one: (lane: number, n: number) => Promise<void>): Promise<void> => {
		const until = performance.now() + SECONDS * 1000;
		let count = 0;
		await Promise.all(
			Array.from({ length: LANES }, async (_, lane) => {
				for (let n = 0; performance.now() < until; n += 1) {
					await one(lane, n);
					count += 1;
				}
			}),
		);
		console.log(`${name.padEnd(28)} ${Math.round(count / SECONDS)} a second`);
	};
	const flowAi = `${sandbox.baseUrls['flowAi']}/rest/v1`;
	const key = sandbox.keys['flowAiRest'] ?? '';
	const flowXo = `Bearer ${sandbox.keys['flowXo']}`;
	await measure('Flow.ai send', (lane, n) => {
		const payload = { type: 'text', speech: `echo ${n}`, originator: { name: 'Mara', role: 'external' } };
		return send('POST', `${flowAi}/messages/b-${lane}-${n % 50}`, key, JSON.stringify({ payload }));
	});
	await measure('Flow XO list of 100', () =>
		send('GET', `${sandbox.baseUrls['flowXo']}/conversations?limit=100`, flowXo),
	);
	await measure('Flow.ai bot status', () => send('GET', `${flowAi}/pause/t-100?sync=true`, key));

	const info = await fetch(
		`${sandbox.url}/flowai/socket.info?sessionId=b&clientId=${encodeURIComponent(sandbox.keys['flowAiClientId'] ?? '')}`,
	);
	const { payload } = (await info.json()) as { payload: { endpoint: string } };
	const ws = new WebSocket(payload.endpoint);
	await once(ws, 'open');
	let received = 0;
	ws.on('message', () => (received += 1));
	const until = performance.now() + SECONDS * 1000;
	for (let n = 0; performance.now() < until; n += 1) {
		ws.send(
			JSON.stringify({ type: 'message.send', payload: { threadId: `f-${n % 200}`, speech: `echo ${n}` } }),
		);
		if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
		if (n * 2 - received > 2_000) await once(ws, 'message');
	}
	console.log(`${'Frames received'.padEnd(28)} ${Math.round(received / SECONDS)} a second`);
	console.log(`memory: ${Math.round((await sandbox.memory()) / 1e6)} MB`);
	ws.terminate();
	agent.destroy();
	sandbox.stop();
}

void main();
