import { FlowAiManagementClient, type JsonObject } from '@convoflow/client';
import { findOperation, readInput, runOperation, runSearch } from '@convoflow/kit';
import { flowAi } from '@convoflow/nodes';
import { searchFlows } from '../../nodes/flowai/searches';
import {
	answer,
	fakePorts,
	pagesOf,
	rejection,
	text,
	type FakePorts,
	type Step,
} from '../support/fake-ports';
import { NO_BODY, wire } from './flowai-harness';

const PROJECT = 'https://api.flow.ai/v1/projects';
const BOOKING: JsonObject = {
	flowId: 'fl-2',
	projectId: 'pr-1',
	brainId: 'br-1',
	title: 'Booking',
	group: 'Tables',
	createdAt: '2018-11-05T07:00:00.000Z',
	disabled: false,
	steps: [
		{ stepId: 'st-8', type: 'INTENT', title: 'Free table', contexts: [], actions: ['ac-1'], intent: 'in-4' },
		{ stepId: 'st-10', type: 'SLOT', title: 'Day', contexts: ['st-8'], actions: [] },
	],
};
const flows = (from: number, to: number): JsonObject[] =>
	Array.from({ length: to - from }, (_, n) => ({ flowId: `fl-${from + n}`, title: `Flow ${from + n}` }));

/** Answers as the service does, from `skip` and `limit`; never more than `most` at once. */
function project(all: readonly JsonObject[], most = 100): Step {
	return ({ url }) => {
		const query = new URL(url).searchParams;
		const skip = Number(query.get('skip'));
		return Promise.resolve(answer(all.slice(skip, skip + Math.min(most, Number(query.get('limit'))))));
	};
}

function clientOf(ports: FakePorts): FlowAiManagementClient {
	return new FlowAiManagementClient(ports, { baseUrl: 'https://api.flow.ai', projectId: 'pr-1', retries: 0 });
}

async function run(
	name: string,
	raw: Record<string, unknown>,
	script: readonly Step[],
): Promise<{ rows: Record<string, unknown>[]; ports: FakePorts }> {
	const operation = findOperation(flowAi, 'flow', name);
	if (!operation) throw new Error(`no operation flow.${name}`);
	const ports = fakePorts(script);
	const context = {
		signal: new AbortController().signal,
		now: () => 0,
		log: () => undefined,
		notice: () => undefined,
	};
	const input = readInput(operation, raw, { timeZone: 'UTC' });
	return { rows: (await pagesOf(runOperation(operation, clientOf(ports), input, context))).flat(), ports };
}

describe('flows (001, Management API, List all Flows)', () => {
	it('are asked for with limit and skip, in the project of the credential or another one', async () => {
		const { rows, ports } = await run('getMany', { limit: 1, simplify: false }, [answer([BOOKING])]);
		expect(rows).toEqual([BOOKING]);
		expect(wire(ports)).toEqual([
			{ method: 'GET', url: `${PROJECT}/pr-1/flows?limit=1&skip=0`, headers: NO_BODY },
		]);
		const other = await run('getMany', { limit: 2, skip: 7, projectId: 'pr|2' }, [answer([])]);
		expect(wire(other.ports)).toEqual([
			{ method: 'GET', url: `${PROJECT}/pr%7C2/flows?limit=2&skip=7`, headers: NO_BODY },
		]);
	});

	it('come flat when simplified', async () => {
		const { rows } = await run('getMany', { limit: 1 }, [answer([BOOKING])]);
		expect(rows).toEqual([
			{
				flowId: 'fl-2',
				title: 'Booking',
				group: 'Tables',
				disabled: false,
				steps: ['Free table', 'Day'],
				createdAt: '2018-11-05T07:00:00.000Z',
				projectId: 'pr-1',
			},
		]);
	});

	it.each([7, 50, 100])('come each once where the service gives at most %i at once', async (most) => {
		const all = flows(0, 130);
		const { rows } = await run('getMany', { returnAll: true, simplify: false }, [project(all, most)]);
		expect(rows).toEqual(all);
	});

	it('are found one by one in the list', async () => {
		const all = [...flows(10, 90), BOOKING];
		const found = await run('get', { flowId: 'fl-2', simplify: false }, [project(all)]);
		expect(found.rows).toEqual([BOOKING]);
		const missing = await rejection(run('get', { flowId: 'fl-x' }, [project(all)]));
		expect(missing).toMatchObject({ code: 'FLOWAI_FLOW_NOT_FOUND' });
	});

	it('of an unknown project, or in an answer that is no list, are errors that say so', async () => {
		expect(await rejection(run('getMany', {}, [text('', 404)]))).toMatchObject({
			code: 'FLOWAI_PROJECT_NOT_FOUND',
		});
		expect(await rejection(run('getMany', {}, [answer({ status: 'ok' })]))).toMatchObject({
			code: 'FLOWAI_REJECTED',
		});
		expect(await rejection(run('getMany', { projectId: '..' }, [answer([])]))).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field: 'projectId',
		});
	});

	it('can be picked from a list that is searched, in the project of the form', async () => {
		const ports = fakePorts([project(flows(0, 120))]);
		const request = { values: { projectId: 'pr-2' }, signal: new AbortController().signal };
		const page = await runSearch(searchFlows, clientOf(ports), { ...request, filter: 'flow 119' });
		expect(page.results).toEqual([{ name: 'Flow 119', value: 'fl-119' }]);
		expect(page.next).toBeUndefined();
		expect(ports.requests[0]?.url).toBe(`${PROJECT}/pr-2/flows?limit=50&skip=0`);
	});
});
