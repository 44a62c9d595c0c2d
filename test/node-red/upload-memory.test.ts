import { runUploads } from './bench/upload-memory';

const UPLOAD_MB = 64;
// The memory of the process is read from /proc.
const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux(
	'a file passes through Node-RED whole, as a stream and by its path',
	async () => {
		const figures = await runUploads(UPLOAD_MB, ['stream', 'path']);
		expect(figures).toMatchObject([
			{ kind: 'stream', isWhole: true },
			{ kind: 'path', isWhole: true },
		]);
	},
	60_000,
);
