// Prints how long each suite took, and names those over their budget.
const path = require('node:path');

/** Suites by the folders or files of their tests; budgets in minutes, for two cores. */
const SUITES = [
	['unit and kit', 3, /^test\/(client|kit|project|coverage|reports|samples)\//],
	['engine and parity', 8, /^test\/(n8n|parity)\//],
	['Node-RED', 6, /^test\/node-red\//],
	['sandbox', 3, /^test\/(sandbox|live)\//],
	['demos', 4, /^test\/e2e\/(demo|n8n-demo|node-red-install)\.e2e/],
	['n8n server and editor', 9, /^test\/e2e\/n8n(-database)?\.e2e/],
	['Node-RED editor and console', 11, /^test\/e2e\/(node-red|console)/],
];

module.exports = class SuiteTimes {
	onRunComplete(_contexts, { testResults }) {
		const taken = new Map();
		for (const { testFilePath, perfStats } of testResults) {
			const file = path.relative(path.join(__dirname, '..'), testFilePath).replaceAll('\\', '/');
			const name = SUITES.find(([, , files]) => files.test(file))?.[0] ?? 'other';
			taken.set(name, (taken.get(name) ?? 0) + perfStats.end - perfStats.start);
		}
		for (const [name, ms] of taken) {
			const minutes = SUITES.find(([suite]) => suite === name)?.[1];
			const over = minutes !== undefined && ms > minutes * 60_000 ? ' OVER BUDGET' : '';
			process.stdout.write(
				`suite ${name}: ${(ms / 1000).toFixed(1)} s (budget ${minutes ?? '?'} min)${over}\n`,
			);
		}
	}
};
