import { N8nBench, start } from '../hosts/n8n';
import { paired, type BenchOptions, type Figure, type Line } from '../figure';
import { startStandIn, type StandIn } from '../stand-in';
import type { NodeSketch } from '../../../packages/demo/src/n8n/workflows';

const ROWS = 10_000;
const THEIRS = ['HTTP Request', 'Split Out'] as const;
const OURS = 'Flow XO';

/** What a user would build instead: pages one after the other, then a row an item. */
export function requestAndSplit(baseUrl: string): NodeSketch[] {
	return [
		{
			name: THEIRS[0],
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `${baseUrl}/conversations`,
				sendQuery: true,
				queryParameters: { parameters: [{ name: 'limit', value: '100' }] },
				options: {
					pagination: {
						pagination: {
							paginationMode: 'updateAParameterInEachRequest',
							parameters: {
								parameters: [{ type: 'qs', name: 'skip', value: '={{ $pageCount * 100 }}' }],
							},
							paginationCompleteWhen: 'other',
							completeExpression: '={{ $response.body.skip + 100 >= $response.body.total }}',
							limitPagesFetched: false,
							requestInterval: 0,
						},
					},
				},
			},
		},
		{
			name: THEIRS[1],
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'conversations', options: {} },
		},
	];
}

/** Our node, as it comes. */
export function getAll(more: Readonly<Record<string, unknown>> = {}): NodeSketch[] {
	return [
		{
			name: OURS,
			type: 'n8n-nodes-flowxo.flowXo',
			credential: 'flowXoApi',
			parameters: { resource: 'conversation', operation: 'getMany', returnAll: true, ...more },
		},
	];
}

/** Every row once, by the numbers in their ids. */
async function check(n8n: N8nBench, id: string, node: string): Promise<void> {
	const items = (await n8n.run(id)).items(node);
	const numbers = new Set(items.map(({ json }) => Number(String(json['id']).split('/').at(-1))));
	if (items.length !== ROWS || numbers.size !== ROWS)
		throw new Error(`${node} put out ${items.length} rows of ${ROWS}`);
}

async function measure(standIn: StandIn, delayMs: number, options: BenchOptions): Promise<Figure[]> {
	const baseUrl = `${standIn.base(delayMs, ROWS)}/api`;
	const n8n = await N8nBench.start({ flowAi: standIn.base(delayMs), flowXo: baseUrl });
	try {
		const theirs = await n8n.create('theirs', start, ...requestAndSplit(baseUrl));
		await check(n8n, theirs, THEIRS[1]);
		const figures: Figure[] = [];
		const cases =
			delayMs > 0
				? [
						{ pagesAtOnce: 8, least: 5, more: {} },
						{ pagesAtOnce: 16, least: 6.5, more: { additionalFields: { pagesAtOnce: 16 } } },
					]
				: [{ pagesAtOnce: 8, least: 1.6, more: {} }];
		for (const { pagesAtOnce, least, more } of cases) {
			const ours = await n8n.create('ours', start, ...getAll(more));
			await check(n8n, ours, OURS);
			const result = await paired(
				options.rounds,
				async () => await n8n.seconds(ours, OURS),
				async () => await n8n.seconds(theirs, ...THEIRS),
			);
			figures.push({
				work: `n8n: Return All of ${ROWS} Flow XO conversations, ${delayMs} ms a page, ${pagesAtOnce} pages at once`,
				ours: result.ours,
				theirs: result.theirs,
				unit: 's',
				ratio: result.theirsByOurs,
				target: `≥ ${least} times as fast`,
				met: result.theirsByOurs >= least,
				against: 'HTTP Request with its pagination, then Split Out',
				rounds: options.rounds,
			});
		}
		return figures;
	} finally {
		await n8n.stop();
	}
}

/** Reading a whole list in n8n. */
export const n8nLists: Line = {
	name: 'n8n-lists',
	run: async (options) => {
		const standIn = await startStandIn();
		try {
			return [...(await measure(standIn, 20, options)), ...(await measure(standIn, 0, options))];
		} finally {
			standIn.stop();
		}
	},
};
