/** Real servers and a real browser; one suite after the other, since they share two cores. */
module.exports = {
	...require('./jest.config'),
	testMatch: ['**/*.e2e.ts'],
	testTimeout: 180_000,
	maxWorkers: 1,
};
