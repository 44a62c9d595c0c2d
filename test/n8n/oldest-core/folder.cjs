const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { homedir } = require('node:os');
const { join } = require('node:path');

/** Folder of the oldest n8n-core, named by a hash of its lock file; `CONVOFLOW_CACHE` moves the cache. */
exports.oldestCore = () => {
	const hash = createHash('sha256');
	for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(__dirname, file)));
	const cache = process.env['CONVOFLOW_CACHE'] ?? join(homedir(), '.cache', 'convoflow');
	return join(cache, `n8n-core-${hash.digest('hex').slice(0, 12)}`);
};
