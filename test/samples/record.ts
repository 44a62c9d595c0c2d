import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject, Ports } from '@convoflow/client';
import { credentials } from '@convoflow/credentials';
import {
	connect,
	findCredential,
	readFields,
	readInput,
	runOperation,
	type Credential,
	type Operation,
} from '@convoflow/kit';
import { services } from '@convoflow/nodes';
import { WebSocket } from 'ws';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { openReplyUrl, VERIFY_TOKEN, withReplyUrl } from '../support/action-calls';
import { samplePath } from '../../packages/n8n-host/src/generate/samples';

/** Rows kept in a sample: enough to show the shape. */
const ROWS = 3;
const UTC = { timeZone: 'UTC' };

/** Values that reach the sandbox, by credential. */
export function sandboxValues(sandbox: Sandbox, credential: string): Record<string, unknown> {
	const { keys, baseUrls } = sandbox;
	const values: Record<string, Record<string, unknown>> = {
		flowAiApi: { apiKey: keys.flowAiRest, baseUrl: baseUrls.flowAi },
		flowAiActionApi: { verifyToken: VERIFY_TOKEN, baseUrl: baseUrls.flowAi },
		flowAiManagementApi: {
			apiKey: keys.flowAiManagement,
			projectId: 'pr-1',
			baseUrl: baseUrls.flowAi,
		},
		flowAiSocketApi: { clientId: keys.flowAiClientId, baseUrl: baseUrls.flowAiSocket },
		flowXoApi: { apiKey: keys.flowXo, baseUrl: baseUrls.flowXo },
		flowXoFlowApi: { secretUrl: new URL('/flowxo/hooks/a/sandbox1', baseUrls.flowXo).href },
		chatlayerApi: {
			region: 'custom',
			baseUrl: baseUrls.chatlayer,
			tokenId: keys.chatlayerTokenId,
			tokenSecret: keys.chatlayerTokenSecret,
		},
		chatlayerCoreApi: {
			region: 'custom',
			baseUrl: baseUrls.chatlayerCore,
			accessToken: keys.chatlayerCore,
		},
	};
	const found = values[credential];
	if (!found) throw new TypeError(`no sandbox values for ${credential}`);
	return found;
}

/** The host's side of the client, as plain as it can be. */
function plainPorts(credential: Credential, values: Record<string, unknown>): Ports {
	return {
		request: async ({ method, url, headers, body, upload, signal }) => {
			const { headers: signed = {}, query = {} } = credential.sign(values);
			const target = new URL(url);
			for (const [key, value] of Object.entries(query)) target.searchParams.set(key, value);
			const response = await fetch(target, {
				method,
				headers: { ...headers, ...signed },
				redirect: 'manual',
				signal,
				...(body === undefined ? {} : { body }),
				...(upload ? { body: upload.chunks as unknown as ReadableStream, duplex: 'half' } : {}),
			});
			return {
				status: response.status,
				headers: Object.fromEntries(response.headers),
				text: await response.text(),
			};
		},
		sleep: async (ms, signal) => await sleep(ms, undefined, signal ? { signal } : {}),
		openSocket: (url, headers, handlers) => {
			const socket = new WebSocket(url, { headers });
			socket.on('open', () => handlers.open());
			socket.on('message', (data: Buffer) => handlers.message(data.toString()));
			socket.on('error', () => undefined);
			socket.on('close', (code, reason) => handlers.close(code, reason.toString()));
			return { send: (text) => socket.send(text), destroy: () => socket.terminate() };
		},
		now: () => Date.now(),
		log: () => undefined,
		redact: (text) => text,
	};
}

/** What an operation puts out for its first example, on a fresh sandbox. */
async function firstExample(operation: Operation): Promise<JsonObject[]> {
	const sandbox = await startSandbox({ port: 0, instance: 'sample' });
	try {
		const credential = findCredential(credentials, operation.credential);
		const values = readFields(credential.fields, sandboxValues(sandbox, credential.name), UTC);
		const client = connect(credential, plainPorts(credential, values), values);
		const example = operation.examples[0]?.input ?? {};
		const replyUrl = Object.hasOwn(example, 'replyUrl') ? await openReplyUrl(sandbox) : '';
		const input = readInput(operation, withReplyUrl(example, replyUrl), UTC);
		const rows: JsonObject[] = [];
		const context = {
			signal: new AbortController().signal,
			now: () => Date.now(),
			log: () => undefined,
			notice: () => undefined,
			openCall: () => ({ tokenIndex: 0, answer: () => Promise.resolve() }),
		};
		for await (const page of runOperation(operation, client, input, context)) rows.push(...page);
		await credential.disconnect?.(client);
		return rows.slice(0, ROWS);
	} finally {
		await sandbox.close();
	}
}

/** A recorded sample: where it belongs and what it holds. */
export interface Sample {
	readonly file: string;
	readonly rows: JsonObject[];
}

/** Records every operation's sample. */
export async function recordSamples(root: string): Promise<Sample[]> {
	const samples: Sample[] = [];
	for (const service of services) {
		for (const resource of service.resources) {
			for (const operation of resource.operations) {
				const file = join(root, samplePath(service, resource.name, operation));
				samples.push({ file, rows: await firstExample(operation) });
			}
		}
	}
	return samples;
}

/** The sample that is stored, or undefined. */
export async function storedSample(file: string): Promise<JsonObject[] | undefined> {
	return await readFile(file, 'utf8').then(
		(text) => JSON.parse(text) as JsonObject[],
		() => undefined,
	);
}

/** Writes every sample beside its definition. */
export async function writeSamples(root: string): Promise<void> {
	for (const { file, rows } of await recordSamples(root)) {
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, `${JSON.stringify(rows, null, '\t')}\n`);
	}
}
