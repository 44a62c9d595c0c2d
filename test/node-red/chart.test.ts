import fs from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject } from '@convoflow/client';
import { inkIn, readPng, textBox } from '../support/picture';
import { startNodeRed, type CallResult, type NodeRed } from './harness';

const TITLE = 'Conversations by channel';
const NAMES = ['web', 'whatsapp'];
const ROWS: JsonObject[] = NAMES.flatMap((series, index) =>
	[12, 19, 15, 30].map((value, day) => ({ series, x: `2026-03-0${day + 1}`, value: value + 5 * index })),
);
/** What a ring is made of: its parts have the names. */
const PARTS: JsonObject[] = NAMES.map((x, index) => ({ x, value: 10 + index }));
const PAPER = { light: '#ffffff', dark: '#14181f' } as const;

let nodeRed: NodeRed;
beforeAll(async () => {
	nodeRed = await startNodeRed();
});
afterAll(async () => await nodeRed?.stop());

async function call(config: Record<string, unknown>, payload: unknown = ROWS): Promise<CallResult> {
	return await nodeRed.callNode({
		type: 'chatlayer-chart',
		config: { operation: 'chart.create', ...config },
		settings: {},
		msg: { payload },
	});
}

async function draw(config: Record<string, unknown>, payload: unknown = ROWS): Promise<Buffer> {
	const { msg, error } = await call(config, payload);
	if (error) throw new Error(error.message);
	return Buffer.from((msg['payload'] as { data: number[] }).data);
}

it('says what to install where the optional package is missing; SVG needs none', async () => {
	const folder = path.join(nodeRed.userDir, 'node_modules/@resvg');
	await fs.rename(folder, `${folder}-away`);
	try {
		const { error } = await call({ pictureAs: 'png' });
		expect(error).toMatchObject({
			code: 'CONVOFLOW_NO_PNG',
			message: expect.stringMatching(
				/needs the optional package @resvg\/resvg-wasm, which is not installed.*npm install @resvg\/resvg-wasm/,
			) as string,
		});
		expect((await draw({ pictureAs: 'svg' })).toString()).toMatch(/^<svg /);
	} finally {
		await fs.rename(`${folder}-away`, folder);
	}
});

it('names the file by what it holds, and says what was drawn', async () => {
	expect((await call({ pictureAs: 'png', fileName: 'week' })).msg).toMatchObject({
		filename: 'week.png',
		chatlayer: { operation: 'chart.create', file: { kind: 'line', series: 2, points: 8 } },
	});
	expect((await call({ fileName: 'week' })).msg).toMatchObject({ filename: 'week.svg' });
});

describe.each(['light', 'dark'] as const)('a %s picture in PNG', (theme) => {
	it.each(['line', 'bar', 'stacked', 'pie'])('has ink where title and legend stand: %s', async (kind) => {
		const rows = kind === 'pie' ? PARTS : ROWS;
		const config = { kind, theme, title: TITLE };
		const svg = (await draw(config, rows)).toString();
		const picture = await readPng(await draw({ ...config, pictureAs: 'png' }, rows));
		expect(picture).toMatchObject({ width: 1_920, height: 960 });
		expect(picture.colorAt(2, 2)).toBe(PAPER[theme]);
		for (const text of [TITLE, ...NAMES]) {
			const ink = inkIn(picture, textBox(svg, text), PAPER[theme]);
			expect({ text, hasInk: ink > 0.15 && ink < 0.75, ink }).toMatchObject({ text, hasInk: true });
		}
	});

	it('has none there without them', async () => {
		const config = { theme, title: TITLE };
		const svg = (await draw(config)).toString();
		const bare = await readPng(await draw({ theme, legend: 'none', pictureAs: 'png' }));
		// Right of the numbers at the axis, and above its highest line.
		expect(inkIn(bare, { ...textBox(svg, TITLE), left: 120, height: 10 }, PAPER[theme])).toBe(0);
	});
});

it('draws the letters of Europe in the font that comes along, and a title in bold', async () => {
	const inkOf = async (title: string): Promise<number> => {
		const picture = await readPng(await draw({ title, pictureAs: 'png' }, []));
		return inkIn(picture, { left: 40, top: 40, width: 400, height: 44 }, '#ffffff');
	};
	const blank = await inkOf('');
	expect(blank).toBe(0);
	// A letter that the font lacks is a box or nothing: two different ones would look the same.
	for (const [one, other] of [
		['ĄĘŁ', 'ČŠŽ'],
		['ЖЩЮ', 'ГТП'],
		['ΩΨΦ', 'ΓΤΠ'],
	] as const) {
		const [first, second] = [await inkOf(one), await inkOf(other)];
		expect(first).toBeGreaterThan(0);
		expect(second).toBeGreaterThan(0);
		expect(first).not.toBe(second);
	}
});
