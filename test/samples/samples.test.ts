import { join, relative } from 'node:path';
import { recordSamples, storedSample, type Sample } from './record';

const root = join(__dirname, '../..');

describe('recorded samples', () => {
	let samples: Sample[];
	beforeAll(async () => {
		samples = await recordSamples(root);
	});

	it('stand beside every operation and are what it puts out today (npm run samples writes them)', async () => {
		const stored = await Promise.all(
			samples.map(async ({ file }) => [relative(root, file), await storedSample(file)]),
		);
		expect(Object.fromEntries(stored)).toEqual(
			Object.fromEntries(samples.map(({ file, rows }) => [relative(root, file), rows])),
		);
	});

	it('hold at least one row with at least one field', () => {
		for (const { rows } of samples) expect(Object.keys(rows[0] ?? {})).not.toEqual([]);
	});
});
