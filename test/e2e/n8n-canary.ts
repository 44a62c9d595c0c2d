import { allForms, foundIn, textsBelow } from '../support/canary';
import { sqliteTexts } from '../support/n8n-records';
import type { Suite } from './n8n-suite';

/** Looks for the keys of the run in everything that all the other tests have left behind. */
export function canaryTests(suite: () => Suite): void {
	it('HTTP-19 NODE-33 are found in no table, file or output of n8n, nor in a log of the sandbox', () => {
		const { server, sandbox, userFolder } = suite();
		const forms = allForms(sandbox.keys);
		const tables = [...sqliteTexts(userFolder)];
		// What is there is found: the search reads what n8n has written, and knows a key when it sees one.
		expect(foundIn(tables, ['t-100']).length).toBeGreaterThan(0);
		expect(foundIn([['here', `a ${sandbox.keys.flowXo} b`]], forms)).toHaveLength(1);
		expect(tables.filter(([name]) => name === 'execution_data').length).toBeGreaterThan(0);
		expect(foundIn(tables, forms)).toEqual([]);
		expect(foundIn(textsBelow(userFolder), forms)).toEqual([]);
		const logs = [
			['output of n8n', server.output()],
			['log of the sandbox', JSON.stringify([sandbox.requests(), sandbox.deliveries()])],
		] as const;
		expect(foundIn(logs, forms)).toEqual([]);
	});
}
