import type { IDataObject } from 'n8n-workflow';
import { call, EVENT, started } from './webhook-call';

describe('a delivery that is repeated', () => {
	const body = JSON.stringify(EVENT);

	it('starts one run, in series', async () => {
		expect(started(await call({}, { body }, { id: 'series' }))).toHaveLength(1);
		expect(await call({}, { body }, { id: 'series' })).toEqual({});
		expect(started(await call({}, { body }, { id: 'another' }))).toHaveLength(1);
	});

	it('starts one run, at the same moment', async () => {
		const both = await Promise.all([
			call({}, { body }, { id: 'moment' }),
			call({}, { body }, { id: 'moment' }),
		]);
		expect(both.filter((one) => started(one) !== undefined)).toHaveLength(1);
	});

	it('starts one run over a restart, by what n8n has stored, which holds no word of the event', async () => {
		const staticData: IDataObject = {};
		await call({}, { body }, { id: 'before', staticData });
		expect(JSON.stringify(staticData)).toMatch(/^\{"recentKeys":\[\["[\w+/]{12}",\d{10}\]\]\}$/);
		// A process that knows nothing of the first.
		expect(await call({}, { body }, { id: 'after', staticData })).toEqual({});
	});

	it('stores the key when the execution is on record, and before the answer', async () => {
		const staticData: IDataObject = {};
		const never = new Promise<void>(() => undefined);
		const beforeRecord = (): void => expect(staticData).toEqual({});
		await call({}, { body }, { id: 'order', staticData, answered: never, beforeRecord });
		expect(staticData['recentKeys']).toHaveLength(1);
	});

	it('runs when n8n could not take the first, and is refused while that is not known', async () => {
		let answer = (): void => undefined;
		const answered = new Promise<void>((resolve) => (answer = resolve));
		expect(started(await call({}, { body }, { id: 'failing', status: 500, answered }))).toHaveLength(1);
		const second = call({}, { body }, { id: 'failing' });
		// The second waits for the first; a third that is no repeat is through when the second waits.
		await call({}, { body: JSON.stringify({ ...EVENT, activityId: 'other' }) }, { id: 'failing' });
		answer();
		expect((await second).answer).toEqual({
			status: 503,
			body: { message: 'the first delivery of this event has failed' },
		});
		expect(started(await call({}, { body }, { id: 'failing' }))).toHaveLength(1);
	});

	it('runs each time in a test, which leaves nothing behind', async () => {
		const staticData: IDataObject = {};
		const around = { id: 'test', mode: 'manual', staticData } as const;
		expect(started(await call({}, { body }, around))).toHaveLength(1);
		expect(started(await call({}, { body }, around))).toHaveLength(1);
		expect(staticData).toEqual({});
	});

	it('stores each key once, however old what was stored before', async () => {
		const hoursAgo = (hours: number): number => Math.floor(Date.now() / 1_000) - hours * 3_600;
		const staticData: IDataObject = {
			recentKeys: [
				['AAAAAAAAAAAA', hoursAgo(5)],
				['BBBBBBBBBBBB', hoursAgo(1)],
			],
		};
		for (let number = 0; number < 12; number += 1) {
			const one = JSON.stringify({ ...EVENT, activityId: `old-${number}` });
			await call({}, { body: one }, { id: 'old', staticData });
		}
		const keys = (staticData['recentKeys'] as [string, number][]).map(([key]) => key);
		expect(keys).toHaveLength(13);
		expect(new Set(keys).size).toBe(13);
		expect(keys).not.toContain('AAAAAAAAAAAA');
	});

	it('stores the last thousand only', async () => {
		const staticData: IDataObject = {};
		for (let number = 0; number < 1_010; number += 1) {
			const one = JSON.stringify({ ...EVENT, activityId: `act-${number}` });
			await call({}, { body: one }, { id: 'many', staticData });
		}
		expect(staticData['recentKeys']).toHaveLength(1_000);
	});
});
