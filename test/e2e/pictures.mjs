// Takes the pictures of every form of Node-RED's nodes in both themes into build/pictures, and those of the documents.
import { spawnSync } from 'node:child_process';

const suites = [
	'node-red-nodes',
	'node-red-dashboard',
	'node-red.e2e',
	'node-red-picker',
	'node-red-install',
];
const { status } = spawnSync(
	process.execPath,
	['node_modules/jest/bin/jest.js', '--config', 'jest.e2e.config.js', ...suites],
	{
		stdio: 'inherit',
		env: { ...process.env, PICTURES: '1' },
	},
);
process.exitCode = status ?? 1;
