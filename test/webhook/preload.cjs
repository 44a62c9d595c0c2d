// Loaded into a host before it starts: when asked by a signal, it writes what the process holds on to.
const fs = require('node:fs');
const path = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

const isHost = process.argv.some((one) => /red\.js$|[\\/]n8n$|n8n-core-host\.ts$/.test(one));
if (isHost && process.env.PROBE_FOLDER) {
	setFlagsFromString('--expose-gc');
	const gc = runInNewContext('gc');
	fs.writeFileSync(path.join(process.env.PROBE_FOLDER, 'pid'), String(process.pid));
	process.on('SIGCONT', () => {
		gc();
		gc();
		const resources = {};
		for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
		const file = path.join(process.env.PROBE_FOLDER, 'held.json');
		fs.writeFileSync(`${file}.new`, JSON.stringify({ resources, heap: process.memoryUsage().heapUsed }));
		fs.renameSync(`${file}.new`, file);
	});
}
