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
		'^@convoflow/sandbox$': '<rootDir>/packages/sandbox/src/index.ts',
		'^@convoflow/node-red-chatbots$': '<rootDir>/packages/node-red/src/index.ts',
	},
	reporters: ['default', '<rootDir>/test/suite-times.js'],
	testTimeout: 20_000,
};
