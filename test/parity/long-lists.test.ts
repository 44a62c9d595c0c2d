import type { JsonObject } from '@convoflow/client';
import { services } from '@convoflow/nodes';
import { findOperation } from '@convoflow/kit';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { startNodeRed, type NodeRed } from '../node-red/harness';
import { byFormInN8n, byFormInNodeRed, type Outcome, type Place } from './hosts';

const COUNT = 10_000;
/** Requests for a page before each of which rows move: a list of this length has about a hundred pages. */
const MOVES = 40;
const PATIENCE_MS = 120_000;

const service = services.find(({ name }) => name === 'flowxo');
const operation = service && findOperation(service, 'conversation', 'getMany');
if (!operation) throw new Error('no such operation');
const place: Place = {
	operation,
	resource: 'conversation',
	nodeRedType: 'flowxo-conversation',
	n8nType: 'flowXo',
};
const EVERYTHING = { returnAll: true };

/** The generated conversations by the number inside their user's ID, from 1; others come to nothing. */
function numbersIn(rows: readonly JsonObject[]): number[] {
	return rows.flatMap(({ id }) => {
		const [, number] = /\/c\/4901(6\d{7})$/.exec(typeof id === 'string' ? id : '') ?? [];
		return number === undefined ? [] : [Number(number) - 60_000_000 + 1];
	});
}

function rowsOf(outcome: Outcome): JsonObject[] {
	if (!('rows' in outcome)) throw new Error(outcome.says);
	return outcome.rows;
}

describe(`a list of ${COUNT} conversations`, () => {
	let nodeRed: NodeRed;
	let sandbox: Sandbox;
	beforeAll(async () => {
		nodeRed = await startNodeRed();
	});
	afterAll(async () => await nodeRed?.stop());
	beforeEach(async () => {
		sandbox = await startSandbox({ port: 0, seed: COUNT });
	});
	afterEach(async () => await sandbox.close());

	const hosts = {
		n8n: async () => await byFormInN8n(place, sandbox, EVERYTHING),
		'Node-RED': async () => await byFormInNodeRed(place, nodeRed, sandbox, EVERYTHING),
	};

	it(
		'is the same in both hosts, row by row',
		async () => {
			const n8n = rowsOf(await hosts.n8n());
			expect(numbersIn(n8n)).toHaveLength(COUNT);
			expect(rowsOf(await hosts['Node-RED']())).toEqual(n8n);
		},
		PATIENCE_MS,
	);

	it.each(['n8n', 'Node-RED'] as const)(
		'holds every number once in %s while rows become active, come in and go',
		async (host) => {
			const match = { surface: 'flowxo', path: '/conversations' } as const;
			const move = (change: { activate?: number; insert?: number }, after: number): string =>
				sandbox.faults.add({ match, after, times: MOVES, action: { type: 'list', ...change } });
			move({ activate: 3 }, 2);
			move({ insert: 1 }, 10);
			const rows = rowsOf(await hosts[host]());
			const numbers = numbersIn(rows).sort((one, other) => one - other);
			expect(numbers).toEqual(Array.from({ length: COUNT }, (_, at) => at + 1));
			expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
			expect(sandbox.faults.all().every(({ fired }) => fired === MOVES)).toBe(true);
		},
		PATIENCE_MS,
	);
});
