// Finds Chromium and what n8n's database is built with, installs them from Debian's packages when run as root, or says
// what is missing.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = [
	process.env.CHROMIUM_PATH,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];
const find = () => PLACES.find((place) => place && existsSync(place));

/** Tools of the compiler that are not on the PATH. */
const missingTools = () =>
	['g++', 'make', 'python3'].filter((tool) => spawnSync(tool, ['--version']).status !== 0);

if ((!find() || missingTools().length > 0) && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
	console.log('Installing Chromium and a compiler from Debian’s packages …');
	const apt = (...args) =>
		spawnSync('apt-get', args, {
			stdio: ['ignore', 'ignore', 'inherit'],
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
	apt('update');
	apt(
		'install',
		'-y',
		'--no-install-recommends',
		'chromium',
		'fonts-dejavu-core',
		'fonts-liberation',
		'g++',
		'make',
		'python3',
	);
}
if (!find()) {
	console.error(
		'The end-to-end tests need Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to it.',
	);
	process.exit(1);
}
if (missingTools().length > 0) {
	console.error(
		`The n8n server needs ${missingTools().join(', ')} to be installed. Debian: apt-get install g++ make python3`,
	);
	process.exit(1);
}
