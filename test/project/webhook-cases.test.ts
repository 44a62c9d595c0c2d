import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WEBHOOK_CASES, type Cell } from '../webhook-cases/table';

const ROOT = join(__dirname, '../..');
const source = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const cells = Object.entries(WEBHOOK_CASES).flatMap(([id, { n8n, nodeRed }]) => [
	[id, 'n8n', n8n] as const,
	[id, 'Node-RED', nodeRed] as const,
]);

describe('the table of webhook cases', () => {
	it('has every case of a webhook receiver', () => {
		const wanted = Array.from({ length: 26 }, (_, at) => `HOOK-${String(at + 1).padStart(2, '0')}`);
		expect(Object.keys(WEBHOOK_CASES)).toEqual(expect.arrayContaining(wanted));
	});

	it.each(cells)('%s in %s has a test, or a reason', (id, _host, cell: Cell) => {
		if ('because' in cell) {
			expect(cell.because).toMatch(/\w+ \w+/);
			return;
		}
		const [file, words = id] = cell;
		expect(source(file)).toContain(words);
	});

	it('is run by both hosts', () => {
		for (const file of ['test/e2e/n8n-webhook-cases.ts', 'test/node-red/webhook-cases.test.ts']) {
			expect(source(file)).toContain('eventCases(host)');
			expect(source(file)).toContain('actionCases(host)');
		}
	});
});
