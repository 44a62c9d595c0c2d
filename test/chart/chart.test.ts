import type { JsonObject } from '@convoflow/client';
import { allFields, readFields, type FileResult } from '@convoflow/kit';
import { create } from '../../nodes/chatlayer/chart/create';

async function draw(input: JsonObject, items: readonly JsonObject[]): Promise<string> {
	const context = {
		signal: new AbortController().signal,
		now: () => 0,
		log: () => undefined,
		notice: () => undefined,
		items,
	};
	const read = readFields(allFields(create), input, { timeZone: 'UTC' });
	const { file } = (await create.run(undefined, read, context)) as FileResult;
	return new TextDecoder().decode(file.content as Uint8Array);
}

const rows = (series: number, points: number): JsonObject[] =>
	Array.from({ length: series * points }, (_, index) => ({
		series: `channel ${index % series}`,
		x: new Date(Date.UTC(2026, 0, 1 + Math.floor(index / series))).toISOString().slice(0, 10),
		value: index,
	}));

describe('a chart', () => {
	it('says that there is no data', async () => {
		for (const kind of ['line', 'bar', 'stacked', 'pie'])
			expect(await draw({ kind }, [])).toContain('No data');
		expect(await draw({}, [{ x: '2026-03-01', series: 'web', value: null }])).toContain('No data');
	});

	it('holds titles and names as text, never as markup', async () => {
		const evil = '<script>alert(1)</script>"\'&\u0000';
		for (const kind of ['line', 'bar', 'stacked', 'pie']) {
			const svg = await draw({ kind, title: evil, valueLabel: evil }, [{ x: evil, series: evil, value: 1 }]);
			expect(svg).not.toContain('<script');
			expect(svg).not.toContain('\u0000');
			expect(svg).toContain('&lt;script&gt;');
		}
	});

	it('shows the clock of the zone', async () => {
		const items = [0, 1, 2, 3].map((hour) => ({ x: `2026-07-01T0${hour}:00:00Z`, value: hour }));
		expect(await draw({ timeZone: 'Europe/Stockholm' }, items)).toMatch(/>02:00<.*>05:00</);
	});

	it('refuses what cannot be told apart or has no place', async () => {
		await expect(draw({}, rows(25, 1))).rejects.toMatchObject({ code: 'CHATLAYER_CHART_TOO_LARGE' });
		await expect(draw({ kind: 'bar' }, rows(2, 900))).rejects.toMatchObject({ field: 'kind' });
		await expect(draw({ xField: 'day' }, rows(1, 2))).rejects.toMatchObject({ field: 'xField' });
		await expect(draw({}, [{ name: 'a' }])).rejects.toMatchObject({ field: 'valueFields' });
		await expect(draw({ kind: 'pie' }, [{ x: 'a', value: -1 }])).rejects.toMatchObject({ field: 'kind' });
	});

	it('draws the same text for the same rows', async () => {
		expect(await draw({ title: 'A' }, rows(5, 30))).toBe(await draw({ title: 'A' }, rows(5, 30)));
	});
});
