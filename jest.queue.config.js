/** n8n in queue mode: several real servers, PostgreSQL and Redis. */
module.exports = {
	...require('./jest.e2e.config'),
	testMatch: ['**/*.queue.ts'],
};
