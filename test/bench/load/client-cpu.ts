/**
 * Makes calls and prints the processor time of each as one line of JSON:
 * `client-cpu.ts <ours|theirs> <pages|sends> <base address> <count>`.
 */
import { FlowAiClient, FlowXoClient } from '@convoflow/client';
import { Agent, request } from 'undici';
import { flowAiApi, flowXoApi } from '@convoflow/credentials';
import type { Credential } from '@convoflow/kit';
import { makePorts, type HostPorts } from '../../../packages/node-red/src/ports/host';
import { DIRECT } from '../../../packages/node-red/src/ports/network';

/** What the calls cost. */
export interface CpuTime {
	readonly microsecondsACall: number;
}

const AT_ONCE = 8;
const WARM_UP = 200;

/** Runs calls side by side. */
async function sideBySide(count: number, call: (number: number) => Promise<unknown>): Promise<void> {
	let next = 0;
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			while (next < count) await call((next += 1) - 1);
		}),
	);
}

interface Side {
	/** Reads so many pages. */
	pages(count: number): Promise<number>;
	sends(count: number): Promise<number>;
	close(): Promise<void>;
}

function ours(base: string): Side {
	// The ports of Node-RED, with all they do for a request.
	const portsOf = (credential: Credential, baseUrl: string): HostPorts =>
		makePorts(credential, { apiKey: 'bench', baseUrl }, DIRECT, () => undefined);
	const ports = portsOf(flowAiApi, base);
	const xoPorts = portsOf(flowXoApi, `${base}/api`);
	const flowAi = new FlowAiClient(ports, { baseUrl: base });
	const flowXo = new FlowXoClient(xoPorts, { baseUrl: `${base}/api` });
	return {
		pages: async (count) => {
			let rows = 0;
			for await (const page of flowXo.listConversations({ limit: count * 99 })) rows += page.length;
			return rows;
		},
		sends: async (count) => {
			await sideBySide(count, async (number) => {
				await flowAi.sendText({
					threadId: `t-${number % 50}`,
					speech: String(number),
					traceId: number,
					originator: { name: 'Workflow', role: 'external' },
				});
			});
			return count;
		},
		close: async () => {
			await Promise.all([ports.close(0), xoPorts.close(0)]);
		},
	};
}

function theirs(base: string): Side {
	const dispatcher = new Agent();
	const call = async (url: string, body?: object): Promise<Record<string, unknown>> => {
		const response = await request(url, {
			dispatcher,
			method: body ? 'POST' : 'GET',
			headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
			...(body ? { body: JSON.stringify(body) } : {}),
		});
		if (response.statusCode !== 200) throw new Error(`answered with ${response.statusCode}`);
		return JSON.parse(await response.body.text()) as Record<string, unknown>;
	};
	return {
		pages: async (count) => {
			let rows = 0;
			await sideBySide(count, async (number) => {
				const page = await call(`${base}/api/conversations?skip=${number * 99}&limit=100`);
				rows += (page['conversations'] as unknown[]).length;
			});
			return rows;
		},
		sends: async (count) => {
			await sideBySide(count, async (number) => {
				await call(`${base}/rest/v1/messages/t-${number % 50}`, {
					payload: {
						type: 'text',
						traceId: number,
						speech: String(number),
						originator: { name: 'Workflow', role: 'external' },
					},
				});
			});
			return count;
		},
		close: async () => await dispatcher.close(),
	};
}

async function main([side = '', what = '', base = '', given = '1']: string[]): Promise<void> {
	const count = Number(given);
	const one = side === 'ours' ? ours(base) : theirs(base);
	const run = async (calls: number): Promise<number> =>
		await (what === 'pages' ? one.pages(calls) : one.sends(calls));
	await run(WARM_UP);
	const before = process.cpuUsage();
	const done = await run(count);
	const { user, system } = process.cpuUsage(before);
	if (done < count) throw new Error(`only ${done} of ${count} were done`);
	await one.close();
	console.log(JSON.stringify({ microsecondsACall: (user + system) / count } satisfies CpuTime));
}

void main(process.argv.slice(2));
