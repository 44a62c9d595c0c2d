import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(__dirname, '../..');
/** Short form of `npm run node-red:upload`. */
const UPLOAD_MB = '64';

// The memory of the process is read from /proc.
const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux(
	'a file passes through Node-RED whole, and memory does not grow with it',
	async () => {
		const { stdout } = await promisify(execFile)(
			process.execPath,
			['-r', './test/sandbox/register.cjs', './test/node-red/bench/upload-memory.ts'],
			{ cwd: ROOT, env: { ...process.env, UPLOAD_MB } },
		);
		expect(stdout.match(/arrived whole: true/g)).toHaveLength(2);
	},
	60_000,
);
