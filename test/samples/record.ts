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
import { outputSchema } from '../../packages/n8n-host/src/generate/schema';
import { hasDefaultForm } from '../support/default-form';

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
			coreToken: keys.chatlayerCore,
			coreBaseUrl: baseUrls.chatlayerCore,
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

/** Rows that show every member and type: those kept already, and others that tell of more. */
function telling(kept: readonly JsonObject[], others: readonly JsonObject[]): JsonObject[] {
	const rows = [...kept];
	for (const row of others)
		if (JSON.stringify(outputSchema([...rows, row])) !== JSON.stringify(outputSchema(rows))) rows.push(row);
	return rows;
}

function clientOf(credential: Credential, sandbox: Sandbox): unknown {
	const values = readFields(credential.fields, sandboxValues(sandbox, credential.name), UTC);
	return connect(credential, plainPorts(credential, values), values);
}

/** What an operation puts out for its examples, in the form that it has by default, on a fresh sandbox. */
async function exampleRows(operation: Operation): Promise<JsonObject[]> {
	const sandbox = await startSandbox({ port: 0, instance: 'sample' });
	try {
		const credential =
			operation.credential === undefined ? undefined : findCredential(credentials, operation.credential);
		const client = credential && clientOf(credential, sandbox);
		let rows: JsonObject[] = [];
		const context = {
			signal: new AbortController().signal,
			now: () => Date.now(),
			log: () => undefined,
			notice: () => undefined,
			openCall: () => ({ tokenIndex: 0, closesAtMs: Date.now() + 8_000, answer: () => Promise.resolve() }),
		};
		const examples = operation.examples.filter(
			({ input }, index) => index === 0 || hasDefaultForm(operation, input),
		);
		for (const { input: example, items } of examples) {
			const replyUrl = Object.hasOwn(example, 'replyUrl') ? await openReplyUrl(sandbox) : '';
			const input = readInput(operation, withReplyUrl(example, replyUrl), UTC);
			const made: JsonObject[] = [];
			const around = { ...context, ...(items ? { items } : {}) };
			for await (const page of runOperation(operation, client, input, around)) made.push(...page);
			rows = telling(rows.length === 0 ? made.slice(0, ROWS) : rows, made);
		}
		await credential?.disconnect?.(client);
		// The sandbox has another address in each run.
		const text = JSON.stringify(rows).replaceAll(sandbox.url, 'https://cdn.example.com');
		return JSON.parse(text) as JsonObject[];
	} finally {
		await sandbox.close();
	}
}

/** A recorded sample: where it belongs and what it holds. */
export interface Sample {
	readonly file: string;
	readonly rows: JsonObject[];
}

/**
 * Records every operation's sample.
 * @throws Error naming the operation whose examples do not run
 */
export async function recordSamples(root: string): Promise<Sample[]> {
	const samples: Sample[] = [];
	for (const service of services) {
		for (const resource of service.resources) {
			for (const operation of resource.operations) {
				const file = join(root, samplePath(service, resource.name, operation));
				const rows = await exampleRows(operation).catch((error: unknown) => {
					const name = `${service.displayName}, ${resource.displayName}: ${operation.displayName}`;
					throw new Error(`The examples of ${name} do not run (${service.name}/${resource.name})`, {
						cause: error,
					});
				});
				samples.push({ file, rows });
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
