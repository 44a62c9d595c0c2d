import { flowAi } from '@convoflow/nodes';
import { control } from './control';
import { messages } from './messages';
import { record, type Contracts, type Keys } from '../contract/recorder';
import { socket } from './socket';

const KEYS: Keys = {
	flowAiApi: { apiKey: 'MY_MESSAGING_API_KEY' },
	flowAiManagementApi: { apiKey: 'MY_MANAGEMENT_API_KEY', projectId: 'pr-1' },
	flowAiSocketApi: { clientId: 'YOUR_CLIENT_ID' },
	flowAiActionApi: { verifyToken: 'vt-secret' },
};

const contracts: Contracts = { ...messages, ...control, ...socket };

const operations = flowAi.resources.flatMap((resource) =>
	resource.operations.map(({ name }) => `${resource.name}.${name}`),
);

describe('what Flow.ai gets', () => {
	it('is written down for every operation, and for nothing else', () => {
		expect(Object.keys(contracts).sort()).toEqual(operations.sort());
	});

	describe.each(Object.entries(contracts))('%s', (path, cases) => {
		it.each(cases.map((contract) => [contract.from, contract] as const))('%s', async (_from, contract) => {
			const { wire, frames = [], answered } = contract;
			expect(await record(flowAi, KEYS, path, contract)).toEqual({
				wire,
				frames,
				...(answered === undefined ? {} : { answered }),
			});
		});
	});
});
