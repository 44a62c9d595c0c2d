import { ApiCalls } from '../http/api-calls';
import { ConvoflowError } from '../errors';
import { HttpClient, type HttpClientOptions } from '../http/http-client';
import { rejectedError } from '../http/service-error';
import { pathPart } from '../http/url';
import { objectsIn, textOf } from '../json';
import { offsetPages } from '../paging/offset-pages';
import type { PageIterator } from '../paging/page-iterator';
import type { JsonObject, Ports } from '../ports';
import { FLOW_AI } from './rest-calls';
import type { CallOptions } from './types';

/** Settings of a management client. */
export interface ManagementClientOptions extends HttpClientOptions {
	/** The project that is read where a call names none. */
	readonly projectId: string;
}

/** Which project is read. */
export interface ProjectOptions extends CallOptions {
	readonly projectId?: string | undefined;
}

/** Flows asked for at once; default and maximum of the service are not documented (Flow.ai reference §7). */
const PAGE_SIZE = 50;

/** The Management API of Flow.ai. Flow.ai reference §7: it has one call. */
export class FlowAiManagementClient {
	/** Anything of the API that has no method here. */
	readonly api: ApiCalls;
	readonly #http: HttpClient;
	readonly #projectId: string;
	readonly #ports: Ports;

	constructor(ports: Ports, options: ManagementClientOptions) {
		this.#http = new HttpClient(ports, FLOW_AI, options);
		this.api = new ApiCalls(ports, FLOW_AI, options);
		this.#projectId = options.projectId;
		this.#ports = ports;
	}

	/**
	 * Reads one page of a project's flows as it comes. `GET /v1/projects/:projectId/flows?limit=&skip=` (001,
	 * Management API, List all Flows): a bare list without a total.
	 * @throws `FLOWAI_…`, `FLOWAI_REJECTED` for an answer that is no list, `CONVOFLOW_INVALID_INPUT` (projectId)
	 */
	async flowPage(skip: number, limit: number, options: ProjectOptions = {}): Promise<JsonObject[]> {
		const project = pathPart('projectId', 'Project', options.projectId ?? this.#projectId);
		const body = await this.#http.json({
			method: 'GET',
			path: `/v1/projects/${project}/flows`,
			query: { limit, skip },
			effect: 'read',
			signal: options.signal,
		});
		if (Array.isArray(body)) return objectsIn(body);
		const advice = 'Check that the base URL in the credential leads to Flow.ai, usually https://api.flow.ai';
		throw rejectedError(FLOW_AI, 'Flow.ai sent no list of flows', advice, body ?? null, (text) =>
			this.#ports.redact(text),
		);
	}

	/**
	 * Lists the flows of a project page by page, each once; see `flowPage`.
	 * @param options `skip` flows are left out from the start, `limit` are wanted in all; without one every flow
	 */
	flows(
		options: ProjectOptions & {
			readonly skip?: number | undefined;
			readonly limit?: number | undefined;
		} = {},
	): PageIterator<JsonObject> {
		const { skip, limit, projectId } = options;
		const signalOf = (own: AbortSignal): AbortSignal =>
			options.signal ? AbortSignal.any([options.signal, own]) : own;
		return offsetPages({
			pageSize: PAGE_SIZE,
			skip,
			limit,
			idOf: (flow) => textOf(flow['flowId']),
			fetchPage: async (skip, size, signal) => ({
				rows: await this.flowPage(skip, size, { projectId, signal: signalOf(signal) }),
			}),
			warn: (message) => this.#ports.log('warn', message),
		});
	}

	/**
	 * Finds one flow in the list, since the service has no call for one.
	 * @throws `FLOWAI_FLOW_NOT_FOUND`, else as `flowPage`
	 */
	async flow(flowId: string, options: ProjectOptions = {}): Promise<JsonObject> {
		for await (const page of this.flows(options)) {
			const found = page.find((flow) => textOf(flow['flowId']) === flowId);
			if (found) return found;
		}
		throw new ConvoflowError('FLOWAI_FLOW_NOT_FOUND', 'The project has no flow with this ID', {
			advice: 'Check the fields "Flow" and "Project ID"; Flow: Get Many lists the flows of a project.',
		});
	}
}
