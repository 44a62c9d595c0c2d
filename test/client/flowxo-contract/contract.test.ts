import { flowXo } from '@convoflow/nodes';
import { record, type Keys } from '../contract/recorder';
import { contracts } from './contracts';

const KEYS: Keys = {
	flowXoApi: { apiKey: 'MY_API_KEY', baseUrl: '{url}/api' },
	flowXoFlowApi: { secretUrl: '{url}/hooks/a/x7Kp29Qz' },
};

const operations = flowXo.resources.flatMap((resource) =>
	resource.operations.map(({ name }) => `${resource.name}.${name}`),
);

/** Flow XO reference §2: the three operations of the document; §6: the later ones. */
const CALLS = [
	'GET /api/conversations',
	'GET /api/conversations/{}',
	'GET /api/conversations/{}/messages',
	'POST /api/end_users/messages',
	'GET /api/insights',
	'GET /api/workflows/simple',
	'PUT /api/workflows/{}',
];

describe('what Flow XO gets', () => {
	it('is written down for every operation, and for nothing else', () => {
		expect(Object.keys(contracts).sort()).toEqual(operations.sort());
	});

	it('is every call of its reference', () => {
		const made = Object.values(contracts)
			.flatMap((cases) => cases.flatMap(({ wire }) => wire))
			.map(({ request }) => request.replace(/\?.*/, ''));
		const patterns = CALLS.map((call) => new RegExp(`^${call.replaceAll('{}', '[^/]+')}$`));
		expect(patterns.filter((pattern) => !made.some((request) => pattern.test(request)))).toEqual([]);
	});

	describe.each(Object.entries(contracts))('%s', (path, cases) => {
		it.each(cases.map((contract) => [contract.from, contract] as const))('%s', async (_from, contract) => {
			const { wire } = await record(flowXo, KEYS, path, contract);
			expect(wire).toEqual(contract.wire);
		});
	});
});
