import { PAGING_CASES } from '../paging-cases/table';
import { caseIds, describeCases, sourceOf } from '../support/case-cell';

describe('the table of paging cases', () => {
	describeCases(PAGING_CASES, caseIds('PAGE', 14));

	it('is run by both hosts', () => {
		for (const file of ['test/n8n/paging.test.ts', 'test/node-red/paging.test.ts'])
			expect(sourceOf(file)).toContain('pagingCases(read)');
	});
});
