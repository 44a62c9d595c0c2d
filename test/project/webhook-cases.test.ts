import { caseIds, describeCases, sourceOf } from '../support/case-cell';
import { WEBHOOK_CASES } from '../webhook-cases/table';

describe('the table of webhook cases', () => {
	describeCases(WEBHOOK_CASES, caseIds('HOOK', 26));

	it('is run by both hosts', () => {
		for (const file of ['test/e2e/n8n-webhook-cases.ts', 'test/node-red/webhook-cases.test.ts']) {
			expect(sourceOf(file)).toContain('eventCases(host)');
			expect(sourceOf(file)).toContain('actionCases(host)');
		}
	});
});
