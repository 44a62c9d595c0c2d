const { join } = require('node:path');
const shared = require('./jest.config');
const { oldestCore } = require('./test/n8n/oldest-core/folder.cjs');

/** The engine tests on the oldest n8n-core that the nodes are made for, which test:oldest installs. */
module.exports = {
	...shared,
	testMatch: ['**/test/n8n/*.test.ts'],
	// That n8n-core gives nodes no hold of a connection on which nothing comes, and keeps it after the last test.
	forceExit: true,
	// These look at what is written, not at how it runs.
	testPathIgnorePatterns: ['test/n8n/(coverage|generate|ux|older-forms)\\.test\\.ts$'],
	// That n8n-core loads these two by require, which jest can do with CommonJS only.
	transform: {
		...shared.transform,
		'/(p-retry|is-network-error)/.+\\.js$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } }, module: { type: 'commonjs' } },
		],
	},
	transformIgnorePatterns: ['/node_modules/(?!(p-retry|is-network-error)/)'],
	moduleNameMapper: {
		...shared.moduleNameMapper,
		'^(n8n-core|n8n-workflow|reflect-metadata)$': join(oldestCore(), 'node_modules', '$1'),
	},
};
