import { pagingCases, type ReadList } from '../paging-cases/host-cases';
import { startNodeRed, type NodeRed } from './harness';
import { only, sandboxSettings } from './harness/sandbox-settings';

describe('lists of Flow XO in Node-RED', () => {
	let red: NodeRed;
	beforeAll(async () => {
		red = await startNodeRed();
	});
	afterAll(async () => {
		await red.stop();
	});

	const read: ReadList = async (sandbox, input) => {
		const fields = Object.keys(input).flatMap((name) => [
			[name, name],
			[`${name}Type`, 'msg'],
		]);
		const { msg, error } = await red.callNode({
			type: 'flowxo-conversation',
			config: {
				operation: 'conversation.getMany',
				...(Object.fromEntries(fields) as Record<string, string>),
			},
			settings: only(sandboxSettings(sandbox), 'flowXoApi'),
			msg: input,
		});
		const rows = (msg?.['payload'] ?? []) as { id: string }[];
		const told = (msg?.['flowxo'] ?? {}) as { notices?: string[] };
		return {
			ids: rows.map(({ id }) => id),
			notices: told.notices ?? [],
			...(error ? { error: error.message } : {}),
		};
	};

	pagingCases(read);
});
