import { PACKAGE_NAME, nodeTypes } from '../../packages/node-red/src';
import { startNodeRed, type NodeRed } from './harness';

describe('the packed package in Node-RED', () => {
	let red: NodeRed;
	beforeAll(async () => {
		red = await startNodeRed();
	});
	afterAll(async () => await red.stop());

	it('loads every node type without an error', async () => {
		const response = await red.admin('/nodes', { headers: { accept: 'application/json' } });
		const sets = (await response.json()) as {
			module: string;
			types: string[];
			enabled: boolean;
			local: boolean;
			err?: string;
		}[];
		const ours = sets.filter((set) => set.module === PACKAGE_NAME);
		expect(ours.flatMap(({ types }) => types).sort()).toEqual([...nodeTypes].sort());
		expect(ours.every(({ enabled, local, err }) => enabled && local && err === undefined)).toBe(true);
	});
});
