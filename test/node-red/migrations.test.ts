import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { actionNodes, configNodes, nodeTypes, triggerNodes } from '../../packages/node-red/src';
import { migrateLoaded } from '../../packages/node-red/src/editor/migrate-nodes';
import { propertyOf } from '../../packages/node-red/src/model/names';
import {
	currentVersion,
	migrate,
	MIGRATIONS,
	type Migrations,
} from '../../packages/node-red/src/model/migrations';
import { startNodeRed, type NodeRed } from './harness';
import { only, sandboxSettings } from './harness/sandbox-settings';

const TWO_STEPS: Migrations = {
	kind: [
		({ text, ...rest }) => ({ ...rest, words: text }),
		({ words, ...rest }) => ({ ...rest, words: `${String(words)}!` }),
	],
};

describe('versions of stored settings', () => {
	it.each([
		['without a version', { text: 'a' }, { words: 'a!', version: 3 }],
		['of the first version', { text: 'a', version: 1 }, { words: 'a!', version: 3 }],
		['of the second version', { words: 'a', version: 2 }, { words: 'a!', version: 3 }],
		['of today', { words: 'a', version: 3 }, { words: 'a', version: 3 }],
		['of a later package', { other: 'a', version: 9 }, { other: 'a', version: 9 }],
	])('%s are brought into the form of today', (_name, stored, now) => {
		const before = structuredClone(stored);
		expect(migrate('kind', stored, TWO_STEPS)).toEqual(now);
		expect(stored).toEqual(before);
	});

	it('the editor changes a loaded node once, and marks it', () => {
		const node: Record<string, unknown> & { type: string } = { type: 'kind', id: 'n1', text: 'a' };
		migrateLoaded(node, TWO_STEPS);
		expect(node).toEqual({ type: 'kind', id: 'n1', words: 'a!', version: 3, changed: true });
		const again = { ...node, changed: false };
		migrateLoaded(again, TWO_STEPS);
		expect(again.changed).toBe(false);
	});

	it('only nodes that exist have steps, and no field is kept where the version is', () => {
		expect(Object.keys(MIGRATIONS).filter((type) => !nodeTypes.includes(type))).toEqual([]);
		const fields = [
			...actionNodes.flatMap(({ operations }) => operations.flatMap((one) => Object.keys(one.fields))),
			...triggerNodes.flatMap(({ trigger }) => Object.keys({ ...trigger.fields, ...trigger.optional })),
			...configNodes.flatMap((one) => Object.keys(one.fields)),
		];
		expect(fields.map(propertyOf)).not.toContain('version');
		expect(currentVersion('chatlayer-analytics')).toBe(2);
		expect(currentVersion('flowai-message')).toBe(1);
	});
});

describe('a flow of the first version', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	beforeAll(async () => {
		[sandbox, red] = await Promise.all([startSandbox(), startNodeRed()]);
	});
	afterAll(async () => {
		await red?.stop();
		await sandbox?.close();
	});

	it.each([
		['of the first version', { version: 'DRAFT', versionType: 'choice' }],
		['of today', { version: 2, versionValue: 'DRAFT', versionValueType: 'choice' }],
	])('asks for the version of the bot that it names: %s', async (_name, stored) => {
		const { error } = await red.callNode({
			type: 'chatlayer-analytics',
			config: {
				operation: 'analytics.getConversations',
				botId: 'k3v9x2ab',
				botIdType: 'str',
				period: 'last7Days',
				periodType: 'choice',
				...stored,
			},
			settings: only(sandboxSettings(sandbox), 'chatlayerApi'),
			msg: {},
		});
		expect(error).toBeUndefined();
		expect(JSON.stringify(sandbox.requests().at(-1))).toContain('DRAFT');
	});
});
