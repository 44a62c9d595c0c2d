// Finds Chromium, installs it from Debian's packages when run as root, or says what is missing.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = [
	process.env.CHROMIUM_PATH,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];
const find = () => PLACES.find((place) => place && existsSync(place));

if (!find() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
	console.log('Installing Chromium from Debian’s packages …');
	const apt = (...args) =>
		spawnSync('apt-get', args, {
			stdio: ['ignore', 'ignore', 'inherit'],
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
	apt('update');
	apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core', 'fonts-liberation');
}
if (!find()) {
	console.error(
		'The end-to-end tests need Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to it.',
	);
	process.exit(1);
}
