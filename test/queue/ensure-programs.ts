/** Finds PostgreSQL and Redis, installs them from Debian's packages when run as root, or says what to install. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { checkPrograms } from './programs';

function areThere(): boolean {
	try {
		checkPrograms();
		return true;
	} catch {
		return false;
	}
}

if (!areThere() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
	console.log('Installing PostgreSQL and Redis from Debian’s packages …');
	for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'postgresql', 'redis-server']])
		spawnSync('apt-get', args, {
			stdio: ['ignore', 'ignore', 'inherit'],
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
}
try {
	checkPrograms();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
