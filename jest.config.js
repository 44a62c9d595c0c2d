/** d3 is published as ES modules, which jest does not load; beside each lies a script for places like this one. */
const D3 = ['d3-array', 'd3-path', 'd3-shape', 'd3-time'].map((name) => [
	`^${name}$`,
	require.resolve(name).replace(/\.mjs$/, '.js'),
]);

/** Shared by every suite; the end-to-end suites add to it in jest.e2e.config.js. */
module.exports = {
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/packages/.*/dist/'],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
		],
	},
	moduleNameMapper: {
		...Object.fromEntries(D3),
		'^@convoflow/sandbox$': '<rootDir>/packages/sandbox/src/index.ts',
		'^@convoflow/node-red-chatbots$': '<rootDir>/packages/node-red/src/index.ts',
	},
	reporters: ['default', '<rootDir>/test/suite-times.js'],
	testTimeout: 60_000,
};
