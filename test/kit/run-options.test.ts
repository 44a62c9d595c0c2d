import { FlowAiClient } from '@convoflow/client';
import { clientOptions, findOperation, maskRow, readInput, runOperation, runOptions } from '@convoflow/kit';
import { flowAi, services } from '@convoflow/nodes';
import { answer, fakePorts, pagesOf } from '../support/fake-ports';

const UTC = { timeZone: 'UTC' };
const operations = services.flatMap(({ resources }) => resources.flatMap((resource) => resource.operations));
const found = findOperation(flowAi, 'message', 'getMany');
if (!found) throw new Error('no operation message.getMany');
const history = found;

describe('the options of how an operation is run', () => {
	it('are the same for every operation that makes requests; only what reads can be masked', () => {
		for (const operation of operations) {
			if (operation.credential === undefined) {
				expect(runOptions(operation)).toEqual({});
				continue;
			}
			const names = operation.makesNoRequests ? [] : ['requestTimeout', 'requestsPerSecond', 'retries'];
			const reads = operation.effect === 'read' || operation.alsoReads === true;
			expect(Object.keys(runOptions(operation))).toEqual(reads ? ['maskPersonalData', ...names] : names);
		}
	});

	it('say nothing to the client unless they differ from what it does anyway', () => {
		expect(clientOptions(readInput(history, { threadId: 't' }, UTC))).toEqual({});
		const raw = { threadId: 't', requestTimeout: '1.5', retries: 0, requestsPerSecond: 0.5 };
		expect(clientOptions(readInput(history, raw, UTC))).toEqual({
			timeoutMs: 1_500,
			retries: 0,
			requestsPerSecond: 0.5,
		});
	});

	it.each([
		['requestTimeout', 0],
		['requestTimeout', 601],
		['retries', 1.5],
		['retries', 11],
		['requestsPerSecond', 0],
		['requestsPerSecond', 'fast'],
	])('refuse %s of %j before any request', (field, value) => {
		expect(() => readInput(history, { threadId: 't', [field]: value }, UTC)).toThrow(
			expect.objectContaining({ code: 'CONVOFLOW_INVALID_INPUT', field }) as Error,
		);
	});
});

describe('masked rows', () => {
	const entry = {
		originator: { name: 'Mara Lind', role: 'user', profile: { fullName: 'Mara Lind', visits: 3 } },
		messages: [
			{ fallback: 'mail me: mara@example.com', responses: [], createdAt: '2019-07-02T08:15:30.120Z' },
			{ fallback: 'or call +46 70-123 45 67', responses: [] },
		],
	};
	const page = answer({ status: 'ok', result: { threadId: 't-1', page: 1, pages: 1, history: [entry] } });
	const rows = async (raw: Record<string, unknown>): Promise<unknown[]> => {
		const client = new FlowAiClient(fakePorts([page]), { baseUrl: 'https://api.flow.ai' });
		const input = readInput(history, { threadId: 't-1', ...raw }, UTC);
		const context = {
			signal: new AbortController().signal,
			now: () => 0,
			log: () => undefined,
			notice: () => undefined,
		};
		return (await pagesOf(runOperation(history, client, input, context))).flat();
	};

	it('hold no personal data, simplified or as they came', async () => {
		const simple = await rows({ maskPersonalData: true });
		expect(simple).toMatchObject([
			{ name: '[name]', text: 'mail me: [email]', createdAt: '2019-07-02T08:15:30.120Z', threadId: 't-1' },
			{ name: '[name]', text: 'or call [phone]' },
		]);
		expect(await rows({ maskPersonalData: true, simplify: false })).toEqual([maskRow(entry)]);
		expect(JSON.stringify(maskRow(entry))).not.toMatch(/Mara|Lind|example|123 45|:3,/);
	});

	it('are only those that were asked for', async () => {
		expect(await rows({ simplify: false })).toEqual([entry]);
		expect(await rows({ simplify: false, maskPersonalData: false })).toEqual([entry]);
	});
});
