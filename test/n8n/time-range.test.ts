import { runNode } from './harness';
import { startRecorder } from './recorder';
import { formOf, PLACES, type Place } from './services';
import { loadTree } from './tree';

const REPORT = PLACES.find(({ title }) => title === 'chatlayer analytics getConversations') as Place;

it.each([
	['UTC', '2026-03-01T00:00:00.000Z', '2026-03-08T00:00:00.000Z'],
	['Europe/Stockholm', '2026-02-28T23:00:00.000Z', '2026-03-07T23:00:00.000Z'],
])(
	'what is picked in n8n’s calendar means the Time Zone of the form, %s, whatever that of the workflow is',
	async (timeZone, start, end) => {
		const urls: string[] = [];
		const service = await startRecorder(({ url }) => {
			urls.push(url);
			return { body: '{}' };
		});
		const { error } = await runNode({
			tree: await loadTree(REPORT.tree),
			nodeType: REPORT.nodeType,
			parameters: formOf(REPORT, {
				botId: 'k3v9x2ab',
				period: 'custom',
				startTime: '2026-03-01T00:00:00',
				endTime: '2026-03-08T00:00:00',
				timeZone,
			}),
			credentials: {
				chatlayerApi: { region: 'custom', baseUrl: service.url, tokenId: 'an-id', tokenSecret: 'a-secret' },
			},
			timezone: 'America/New_York',
		});
		await service.close();
		expect(error).toBeUndefined();
		const [query] = urls.map((url) => new URL(url, service.url).searchParams);
		expect([query?.get('start_time'), query?.get('end_time')]).toEqual([start, end]);
	},
);
