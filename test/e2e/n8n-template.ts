import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { N8nApi, Workflow, WorkflowNode } from '../../packages/demo/src/n8n/api';
import type { N8nServer } from '../../packages/demo/src/n8n/server';
import type { CredentialIds } from '../../packages/demo/src/n8n/workflows';
import { templates, type Template } from '../../packages/n8n-host/src/templates';
import { rawServer, type RawServer } from '../support/raw-server';

const PACKAGES = join(__dirname, '../../packages');

/** Kinds of credentials by the nodes of templates. */
const CREDENTIAL_TYPES: Readonly<Record<string, string>> = {
	'n8n-nodes-flowai.flowAi': 'flowAiApi',
	'n8n-nodes-flowai.flowAiTool': 'flowAiApi',
	'n8n-nodes-flowxo.flowXo': 'flowXoApi',
	'n8n-nodes-chatlayer.chatlayer': 'chatlayerApi',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
	'n8n-nodes-base.emailSend': 'smtp',
};

/** Where a template is imported. */
export interface Place {
	readonly server: N8nServer;
	readonly credentials: CredentialIds;
	/** Where production webhooks are called: the server itself, or the process that takes them. */
	readonly webhooks: string;
}

/** What a user fills in. */
export interface FilledIn {
	/** Address of the team's chat. */
	readonly chat: string;
	/** Ids of credentials that are not of this project, by type. */
	readonly credentials?: Readonly<Record<string, string>>;
	/** Parameters to put into nodes, by the node's name. */
	readonly parameters?: Readonly<Record<string, object>>;
}

/** A template in n8n, filled in. */
export interface Imported {
	readonly id: string;
	/** Production URL of its webhook. */
	readonly webhook: string;
}

/** A template as the package ships it. */
export function shipped(file: string): Workflow {
	const found = templates().find((one) => one.file === file);
	return JSON.parse(readFileSync(pathOf(found), 'utf8')) as Workflow;
}

/** Where the file of a template is. */
export function pathOf({ packageName = '', file = '' }: Partial<Template> = {}): string {
	return join(PACKAGES, packageName, 'templates', `${file}.json`);
}

/** Imports a template and does what its notes say. */
export async function importTemplate(
	{ server, credentials, webhooks }: Place,
	file: string,
	{ chat, credentials: others = {}, parameters = {} }: FilledIn,
): Promise<Imported> {
	const made = shipped(file);
	const webhookId = randomUUID();
	const known: Readonly<Record<string, string>> = { ...credentials, ...others };
	const nodes = made.nodes.map((node): WorkflowNode => {
		const type = CREDENTIAL_TYPES[node.type];
		const isChat = node.type === 'n8n-nodes-base.httpRequest';
		return {
			...node,
			parameters: { ...node.parameters, ...(isChat ? { url: chat } : {}), ...parameters[node.name] },
			...(type ? { credentials: { [type]: { id: known[type] ?? '', name: type } } } : {}),
			// n8n gives each node with a webhook an id of its own when a file is imported.
			...(node.type.endsWith('Trigger') ? { webhookId } : {}),
			...(node.type === 'n8n-nodes-base.wait' ? { webhookId: randomUUID() } : {}),
		};
	});
	const id = await server.api.createWorkflow({ ...made, nodes });
	return { id, webhook: `${webhooks}/webhook/${webhookId}/webhook` };
}

/** The chat of a team: what is written there, as texts. */
export class TeamChat {
	private constructor(private readonly server: RawServer) {}

	static async open(): Promise<TeamChat> {
		return new TeamChat(await rawServer((_request, response) => response.end('ok')));
	}

	get url(): string {
		return this.server.url;
	}

	/** What was written, oldest first. */
	get texts(): string[] {
		return this.server.bodies.map((body) => (JSON.parse(body) as { text: string }).text);
	}

	/** Texts that contain some words. */
	about(words: string): string[] {
		return this.texts.filter((text) => text.includes(words));
	}

	async close(): Promise<void> {
		await this.server.close();
	}
}

/** Rows of a data table, oldest first; none while there is no such table. */
export async function rowsOf(api: N8nApi, table: string): Promise<Readonly<Record<string, unknown>>[]> {
	const id = await tableId(api, table);
	return id === undefined ? [] : await api.tableRows(id);
}

/** The id of a data table by its name. */
export async function tableId(api: N8nApi, table: string): Promise<string | undefined> {
	return (await api.tables()).find(({ name }) => name === table)?.id;
}
