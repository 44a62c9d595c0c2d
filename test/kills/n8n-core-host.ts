/**
 * The triggers of our n8n packages in contexts of n8n-core, without a server around them, in a process that may be
 * killed: `n8n-core-host.ts <folder> <port> <what it needs, as JSON>`. Keeps static data and the record of what ran in the
 * folder, in the order in which n8n does: the run first. `POST /event` is the webhook, `POST /deploy` replaces every trigger.
 */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { PollContext, TriggerContext, WebhookContext } from 'n8n-core';
import {
	NodeApiError,
	NodeOperationError,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IPollFunctions,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookData,
	type IWebhookFunctions,
} from 'n8n-workflow';
import type { Credentials } from '../n8n/credentials-helper';
import { asContext, workflowOf } from '../n8n/harness';
import { loadTree, nodeTypeOf } from '../n8n/tree';

const POLL_EVERY_MS = 250;
/** What the triggers need. */
export interface CoreNeeds {
	readonly credentials: Credentials;
	readonly streamParameters: INodeParameters;
}

const [folder = '', port = '0', needs = '{}'] = process.argv.slice(2);
const { credentials, streamParameters } = JSON.parse(needs) as CoreNeeds;

/** One trigger node in a workflow of its own, as it stands between two deploys. */
class Trigger {
	readonly type: INodeType;
	readonly #name: string;
	readonly #setup: ReturnType<typeof workflowOf>;

	private constructor(name: string, type: INodeType, setup: ReturnType<typeof workflowOf>) {
		this.#name = name;
		this.type = type;
		this.#setup = setup;
	}

	/** @param name of the record it writes */
	static async open(
		name: string,
		packageName: string,
		nodeType: string,
		credential: string,
		parameters: INodeParameters,
	): Promise<Trigger> {
		const tree = await loadTree(packageName);
		const own = { [credential]: credentials[credential] ?? {} };
		const setup = workflowOf({ tree, nodeType, parameters, credentials: own }, 'trigger');
		setup.workflow.id = name;
		const trigger = new Trigger(name, nodeTypeOf(tree, nodeType), setup);
		const kept = existsSync(trigger.#file) ? readFileSync(trigger.#file, 'utf8') : '{}';
		Object.assign(setup.workflow.getStaticData('node', setup.node), JSON.parse(kept));
		return trigger;
	}

	get #file(): string {
		return path.join(folder, `${this.#name}.json`);
	}

	/** A run is on record, and what the trigger remembers is kept. */
	record(items: readonly INodeExecutionData[]): void {
		const text = JSON.stringify(items.map(({ json }) => json));
		appendFileSync(path.join(folder, `${this.#name}.txt`), `${text}\n`);
		this.keep();
	}

	keep(): void {
		const data = this.#setup.workflow.getStaticData('node', this.#setup.node);
		// In one step, as a database does.
		writeFileSync(`${this.#file}.new`, JSON.stringify(data));
		renameSync(`${this.#file}.new`, this.#file);
	}

	async poll(): Promise<void> {
		const { workflow, node, additionalData } = this.#setup;
		const context = new PollContext(workflow, node, additionalData, 'trigger', 'activate');
		const found = await this.type.poll?.call(asContext<IPollFunctions>(context));
		if (found?.[0] && found[0].length > 0) this.record(found[0]);
		else this.keep();
	}

	async listen(): Promise<ITriggerResponse> {
		const { workflow, node, additionalData } = this.#setup;
		const context = new TriggerContext(workflow, node, additionalData, 'trigger', 'activate');
		const emit: TriggerContext['emit'] = (data) => this.record(data[0] ?? []);
		Object.assign(context, { emit, emitError: (error: Error) => console.error(error.message) });
		const response = await this.type.trigger?.call(asContext<ITriggerFunctions>(context));
		// n8n saves once a workflow is active.
		this.keep();
		return response ?? {};
	}

	async receive(request: IncomingMessage, rawBody: Buffer, response: ServerResponse): Promise<void> {
		const { workflow, node, additionalData } = this.#setup;
		const webhookDescription = this.type.description.webhooks?.find(({ name }) => name === 'default');
		const answer = Object.assign(response, {
			status: (status: number) => Object.assign(response, { statusCode: status }),
			json: (said: unknown) => response.end(JSON.stringify(said)),
		});
		const httpRequest = { headers: request.headers, query: {}, rawBody };
		const context = new WebhookContext(
			workflow,
			node,
			{ ...additionalData, httpRequest, httpResponse: answer },
			'webhook',
			{ webhookDescription } as IWebhookData,
			[],
			null,
		);
		const result = await this.type.webhook?.call(asContext<IWebhookFunctions>(context));
		if (result?.workflowData?.[0]) this.record(result.workflowData[0]);
		if (!response.writableEnded) response.end('{}');
	}
}

async function openAll(): Promise<Record<'events' | 'polled' | 'heard', Trigger>> {
	return {
		events: await Trigger.open('events', 'n8n-nodes-flowai', 'flowAiTrigger', 'flowAiWebhookApi', {
			events: ['message'],
		}),
		polled: await Trigger.open('polled', 'n8n-nodes-flowxo', 'flowXoTrigger', 'flowXoApi', {
			events: ['newMessage'],
			role: 'any',
		}),
		heard: await Trigger.open(
			'heard',
			'n8n-nodes-flowai',
			'flowAiStreamTrigger',
			'flowAiSocketApi',
			streamParameters,
		),
	};
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

async function main(): Promise<void> {
	let triggers = await openAll();
	let stream = await triggers.heard.listen();
	let isDeploying = false;
	const underWay = new Set<Promise<void>>();
	const during = async (work: Promise<void>): Promise<void> => {
		underWay.add(work);
		await work.finally(() => underWay.delete(work));
	};
	const poll = async (): Promise<void> => {
		try {
			await triggers.polled.poll();
		} catch (error) {
			// A service that fails is tried again at the next poll, as n8n does. Anything else ends this host.
			if (!(error instanceof NodeApiError) && !(error instanceof NodeOperationError)) throw error;
		}
	};
	let isPolling = false;
	setInterval(() => {
		if (isPolling || isDeploying) return;
		isPolling = true;
		void during(poll()).then(() => (isPolling = false));
	}, POLL_EVERY_MS);
	const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const body = await bodyOf(request);
		if (isDeploying) {
			response.statusCode = 503;
			response.end();
			return;
		}
		if (request.url !== '/deploy') return await during(triggers.events.receive(request, body, response));
		isDeploying = true;
		await Promise.allSettled(underWay);
		await stream.closeFunction?.();
		for (const trigger of Object.values(triggers)) trigger.keep();
		triggers = await openAll();
		stream = await triggers.heard.listen();
		isDeploying = false;
		response.end('{}');
	};
	const server = createServer((request, response) => {
		serve(request, response).catch((error: unknown) => {
			response.statusCode = 500;
			response.end(String(error));
		});
	});
	server.listen(Number(port), '127.0.0.1', () =>
		console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })),
	);
}

void main();
