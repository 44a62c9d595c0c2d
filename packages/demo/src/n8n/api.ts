import { setTimeout as wait } from 'node:timers/promises';
import type { CredentialVerdict, ManualRun, Publication } from './answers';
import { N8nSetupError } from './error';
import { readExecution, type Execution, type RawExecution } from './execution';
import type { Workflow } from './workflow';

export type { Ways, Workflow, WorkflowNode } from './workflow';

/** Who owns the server of the demo; it listens on this machine only. */
export const OWNER = { email: 'demo@convoflow.example', password: 'Convoflow-demo-1' } as const;

/** Longest wait for triggers to listen or to let go, in ms. */
const ACTIVATE_MS = 60_000;
/** How often n8n is asked whether something has happened, in ms. */
const ASK_MS = 100;

/** The interface of an n8n server, with the rights of its owner. */
export class N8nApi {
	private cookie = '';
	private key = '';

	/** @param url the server's address without a slash at the end */
	constructor(readonly url: string) {}

	/** Sets the owner up or logs in, and takes an API key. */
	async logIn(): Promise<void> {
		const { email, password } = OWNER;
		const { showSetupOnFirstLoad } = (
			await this.rest<{ userManagement: { showSetupOnFirstLoad: boolean } }>('GET', 'settings')
		).userManagement;
		await (showSetupOnFirstLoad
			? this.rest('POST', 'owner/setup', { email, password, firstName: 'Demo', lastName: 'Owner' })
			: this.rest('POST', 'login', { emailOrLdapLoginId: email, password }));
		const scopes = await this.rest<string[]>('GET', 'api-keys/scopes');
		const label = `Convoflow ${new Date().toISOString()}`;
		this.key = (
			await this.rest<{ rawApiKey: string }>('POST', 'api-keys', { label, scopes, expiresAt: null })
		).rawApiKey;
	}

	/** The cookie that a browser needs to be logged in, as `name=value`. */
	get loginCookie(): string {
		return this.cookie;
	}

	/** The types of all nodes that the server offers. */
	async nodeTypes(): Promise<string[]> {
		const types = await this.call<Array<{ name: string }>>('GET', '/types/nodes.json');
		return types.map(({ name }) => name);
	}

	/** Stores a credential and resolves with its id. */
	async createCredential(
		type: string,
		name: string,
		data: Readonly<Record<string, unknown>>,
	): Promise<string> {
		return (await this.rest<{ id: string }>('POST', 'credentials', { type, name, data })).id;
	}

	/** Runs the test of a stored credential, as the editor does when one is saved. */
	async testCredential(id: string): Promise<CredentialVerdict> {
		const { type, name, data } = await this.rest<{ type: string; name: string; data: unknown }>(
			'GET',
			`credentials/${id}?includeData=true`,
		);
		return await this.rest('POST', 'credentials/test', { credentials: { id, type, name, data } });
	}

	/** Stores a workflow, as the editor does when one is saved, and resolves with its id. */
	async createWorkflow({ settings = {}, ...workflow }: Workflow): Promise<string> {
		// Without pinned data of its own a workflow fails in the editor when a second step is run.
		const body = { active: false, pinData: {}, settings, ...workflow };
		return (await this.rest<{ id: string }>('POST', 'workflows', body)).id;
	}

	/** A stored workflow. */
	async workflow(id: string): Promise<Workflow> {
		return await this.open('GET', `workflows/${id}`);
	}

	/**
	 * Lets a workflow run by its triggers and waits until they listen, since n8n answers earlier than that.
	 * @throws N8nSetupError `N8N_API_FAILED` with what a trigger says against it
	 */
	async activate(workflowId: string): Promise<void> {
		await this.open('POST', `workflows/${workflowId}/activate`);
		const { status, triggers } = await this.publication(workflowId, ['published', 'partial', 'failed']);
		if (status === 'published') return;
		const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
		throw new N8nSetupError('N8N_API_FAILED', `The workflow could not be activated: ${reasons.join(' ')}`);
	}

	/** Ends what `activate` began and waits until nothing listens any more. */
	async deactivate(workflowId: string): Promise<void> {
		await this.open('POST', `workflows/${workflowId}/deactivate`);
		await this.publication(workflowId, ['not_published']);
	}

	/** Runs a workflow from one of its triggers, as the button in the editor does. */
	async runManually(workflowId: string, trigger: string): Promise<ManualRun> {
		return await this.rest('POST', `workflows/${workflowId}/run`, { triggerToStartFrom: { name: trigger } });
	}

	/** Stops a test that listens. */
	async stopListening(workflowId: string, run: ManualRun): Promise<void> {
		if ('executionId' in run) await this.stop(run.executionId);
		else await this.rest('DELETE', `test-webhook/${workflowId}`);
	}

	/** Runs a workflow from its manual trigger and resolves when it has ended, well or badly. */
	async runToEnd(workflowId: string, trigger: string, signal?: AbortSignal): Promise<Execution> {
		const run = await this.runManually(workflowId, trigger);
		if (!('executionId' in run))
			throw new N8nSetupError('N8N_API_FAILED', 'The workflow waits for a webhook');
		return await this.until(async () => {
			const execution = await this.execution(run.executionId);
			return execution.isOver ? execution : undefined;
		}, signal);
	}

	async execution(id: string): Promise<Execution> {
		return readExecution(await this.open<RawExecution>('GET', `executions/${id}?includeData=true`));
	}

	/** How an execution ended; undefined while it goes on. Reads nothing of its data. */
	async statusOf(id: string): Promise<string | undefined> {
		const { status, isOver } = readExecution(await this.open<RawExecution>('GET', `executions/${id}`));
		return isOver ? status : undefined;
	}

	/** The latest executions of a workflow, oldest first. */
	async executions(workflowId: string): Promise<Execution[]> {
		const query = `executions?includeData=true&limit=250&workflowId=${workflowId}`;
		const { data } = await this.open<{ data: RawExecution[] }>('GET', query);
		return data.map(readExecution).reverse();
	}

	/** Every execution that the server has kept, as it keeps them. */
	async *allExecutions(): AsyncGenerator<RawExecution> {
		let cursor: string | null = '';
		while (cursor !== null) {
			const query = `executions?includeData=true&limit=50${cursor === '' ? '' : `&cursor=${cursor}`}`;
			const page: { data: RawExecution[]; nextCursor: string | null } = await this.open('GET', query);
			yield* page.data;
			cursor = page.nextCursor;
		}
	}

	/** Stops an execution, as the button in the editor does. */
	async stop(executionId: string): Promise<void> {
		await this.rest('POST', `executions/${executionId}/stop`);
	}

	/** Waits for an execution of a workflow that has ended and satisfies a condition. */
	async executionWhere(
		workflowId: string,
		condition: (execution: Execution) => boolean,
		signal?: AbortSignal,
	): Promise<Execution> {
		return await this.until(
			async () => (await this.executions(workflowId)).find((one) => one.isOver && condition(one)),
			signal,
		);
	}

	/** Starts an execution that did not succeed once more, as the button in the editor does. @returns id of the new one */
	async retry(executionId: string): Promise<string> {
		return String(
			(await this.open<{ id: string | number }>('POST', `executions/${executionId}/retry`, {})).id,
		);
	}

	/** The data tables of the server. */
	async tables(): Promise<Array<{ readonly id: string; readonly name: string }>> {
		return (await this.open<{ data: Array<{ id: string; name: string }> }>('GET', 'data-tables?limit=250'))
			.data;
	}

	/** The first 250 rows of a data table, oldest first. */
	async tableRows(tableId: string): Promise<Array<Readonly<Record<string, unknown>>>> {
		const query = `data-tables/${tableId}/rows?limit=250&sortBy=id%3Aasc`;
		return (await this.open<{ data: Array<Readonly<Record<string, unknown>>> }>('GET', query)).data;
	}

	/** Adds rows to a data table. */
	async addRows(tableId: string, data: ReadonlyArray<Readonly<Record<string, unknown>>>): Promise<void> {
		await this.open('POST', `data-tables/${tableId}/rows`, { data });
	}

	/** Asks until there is an answer; rejects when the signal aborts. */
	async until<T>(ask: () => Promise<T | undefined>, signal?: AbortSignal): Promise<T> {
		for (;;) {
			signal?.throwIfAborted();
			const answer = await ask();
			if (answer !== undefined) return answer;
			await wait(ASK_MS);
		}
	}

	private async publication(workflowId: string, awaited: readonly string[]): Promise<Publication> {
		return await this.until(async () => {
			const publication = await this.rest<Publication>('GET', `workflows/${workflowId}/publication-status`);
			return awaited.includes(publication.status) ? publication : undefined;
		}, AbortSignal.timeout(ACTIVATE_MS));
	}

	/** The interface of the editor. */
	private async rest<T>(method: string, path: string, body?: unknown): Promise<T> {
		return (await this.call<{ data: T }>(method, `/rest/${path}`, body)).data;
	}

	/** The public interface. */
	private async open<T>(method: string, path: string, body?: unknown): Promise<T> {
		return await this.call<T>(method, `/api/v1/${path}`, body);
	}

	private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				cookie: this.cookie,
				// On a busy machine n8n may close a kept connection just when it is used again.
				connection: 'close',
				...(this.key ? { 'x-n8n-api-key': this.key } : {}),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const cookies = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
		if (cookies.length > 0) this.cookie = cookies.join('; ');
		const text = await response.text();
		if (!response.ok) {
			throw new N8nSetupError(
				'N8N_API_FAILED',
				`n8n refused ${method} ${path} (${response.status}): ${reasonOf(text)}`,
			);
		}
		return (text === '' ? undefined : JSON.parse(text)) as T;
	}
}

function reasonOf(text: string): string {
	try {
		return (JSON.parse(text) as { message?: string }).message ?? text;
	} catch {
		return text.slice(0, 300);
	}
}
