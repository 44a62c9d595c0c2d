/** Loaded into a host before it starts: SIGUSR2 begins a CPU profile, the next one writes it to BENCH_PROFILE. */
const fs = require('node:fs');
const { Session } = require('node:inspector');

let session;
process.on('SIGUSR2', () => {
	if (session) {
		const ending = session;
		session = undefined;
		ending.post('Profiler.stop', (error, told) => {
			ending.disconnect();
			const file = process.env.BENCH_PROFILE;
			fs.writeFileSync(`${file}.part`, error ? '{}' : JSON.stringify(told.profile));
			fs.renameSync(`${file}.part`, file);
		});
		return;
	}
	session = new Session();
	session.connect();
	session.post('Profiler.enable');
	session.post('Profiler.start');
});
