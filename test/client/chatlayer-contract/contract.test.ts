import { isObject } from '@convoflow/client';
import { chatlayer } from '@convoflow/nodes';
import { record, type Contracts, type Keys, type Wire } from '../contract/recorder';
import { others } from './core';
import { flowsAndEvents } from './flows-and-events';
import { reports } from './reports';

const KEYS: Keys = {
	chatlayerApi: { region: 'custom', tokenId: 'MY_TOKEN_ID', tokenSecret: 'MY_TOKEN_SECRET' },
	chatlayerCoreApi: { region: 'custom', accessToken: 'MY_CORE_TOKEN' },
};

const contracts: Contracts = { ...reports, ...flowsAndEvents, ...others };

const operations = chatlayer.resources.flatMap((resource) =>
	resource.operations.map(({ name }) => `${resource.name}.${name}`),
);

/** Chatlayer reference §4.1 to §4.6: the 31 operations; §10: what was seen of the core API. */
const CALLS = [
	...['', '/insights', '/{}/flow'].map((rest) => `GET /v1/bots/{}/conversations${rest}`),
	...['conversations', 'voice_minutes', 'knowledge_base', 'events', 'events/definitions'].map(
		(rest) => `GET /v1/teams/{}/${rest}`,
	),
	...['messages', 'users', 'users/activity', 'intents', 'intents/insights'].map(
		(rest) => `GET /v1/bots/{}/${rest}`,
	),
	'POST /v1/echo',
	...['knowledge_base', 'knowledge_base/tags', 'flows', 'flows/{}', 'flows/{}/edges'].map(
		(rest) => `GET /v1/bots/{}/${rest}`,
	),
	...['GET', 'POST'].flatMap((method) =>
		['events/stream', 'events/definitions', 'subscriptions'].map((rest) => `${method} /v1/bots/{}/${rest}`),
	),
	...['flows/funnel', 'events/funnel', 'events/track', 'events/attributes/{}/values'].map(
		(rest) => `POST /v1/bots/{}/${rest}`,
	),
	'DELETE /v1/bots/{}/subscriptions/{}',
	'GET /v1/apps/{}/logs/stream',
];
const CORE_CALLS = [
	'GET /v1/bots',
	'GET /v1/bots/{}/conversations/{}/messages',
	'GET /v1/bots/{}/conversations/{}/session-data',
	'DELETE /v1/bots/{}/conversations/{}/session-data',
	'POST /v1/bots/{}/conversations/{}/actions',
];

/** A subscription's secret is made up for it. */
function withoutSecret(wire: Wire): Wire {
	const { body } = wire;
	if (!isObject(body) || typeof body['secret'] !== 'string' || !/^[0-9a-f-]{36}$/.test(body['secret']))
		return wire;
	return { ...wire, body: { ...body, secret: 'UUID' } };
}

describe('what Chatlayer gets', () => {
	it('is written down for every operation, and for nothing else', () => {
		expect(Object.keys(contracts).sort()).toEqual(operations.sort());
	});

	it('is every call of its reference', () => {
		expect(CALLS).toHaveLength(31);
		const made = Object.values(contracts)
			.flatMap((cases) => cases.flatMap(({ wire }) => wire))
			.map(({ request }) => request.replace(/\?.*/, ''));
		const unmade = [...CALLS, ...CORE_CALLS].filter((call) => {
			const pattern = new RegExp(`^${call.replaceAll('{}', '[^/]+')}$`);
			return !made.some((request) => pattern.test(request));
		});
		expect(unmade).toEqual([]);
	});

	describe.each(Object.entries(contracts))('%s', (path, cases) => {
		it.each(cases.map((contract) => [contract.from, contract] as const))('%s', async (_from, contract) => {
			const answers = contract.answers ?? [{}];
			const { wire } = await record(chatlayer, KEYS, path, { ...contract, answers });
			expect(wire.map(withoutSecret)).toEqual(contract.wire);
		});
	});
});
