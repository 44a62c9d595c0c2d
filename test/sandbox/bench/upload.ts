/**
 * Uploads 250 MB and watches the memory of the sandbox: `node -r ./test/sandbox/register.cjs test/sandbox/bench/upload.ts`.
 */
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { spawnSandbox } from './spawn';

const MB = 1024 * 1024;
const SIZE = 250 * MB;
/** The body is four times as large; what remains is the garbage of passing chunks. */
const LIMIT_MB = 60;

/** The bytes of a multipart body, made as they are sent. */
function* bodyOf(size: number, boundary: string): Generator<Buffer> {
	const query = JSON.stringify({
		payload: { type: 'media', mediaType: 'video', originator: { name: 'Mara', role: 'external' } },
	});
	yield Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="query"\r\n\r\n${query}\r\n`);
	yield Buffer.from(
		`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="film.mp4"\r\ncontent-type: video/mp4\r\n\r\n`,
	);
	const chunk = Buffer.alloc(MB, 7);
	for (let sent = 0; sent < size; sent += MB) yield chunk.subarray(0, Math.min(MB, size - sent));
	yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

async function main(): Promise<void> {
	const sandbox = await spawnSandbox();
	const memory = async (): Promise<number> => (await sandbox.memory()) / MB;
	const upload = (size: number, watch: () => void): Promise<number> =>
		new Promise((resolve, reject) => {
			const boundary = 'convoflow-bench';
			const sent = request(`${sandbox.baseUrls['flowAi']}/rest/v1/messages/up-1`, {
				method: 'POST',
				headers: {
					authorization: sandbox.keys['flowAiRest'] ?? '',
					'content-type': `multipart/form-data; boundary=${boundary}`,
				},
			});
			sent.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0)));
			sent.on('error', reject);
			void (async () => {
				for (const bytes of bodyOf(size, boundary)) {
					if (!sent.write(bytes)) await new Promise((go) => sent.once('drain', go));
					watch();
				}
				sent.end();
			})();
		});
	// A first upload warms the process up; flat means that the next one adds next to nothing.
	await upload(100 * MB, () => undefined);
	const before = await memory();
	let most = before;
	const timer = setInterval(() => void memory().then((now) => (most = Math.max(most, now))), 25);
	const started = performance.now();
	const status = await upload(SIZE, () => undefined);
	clearInterval(timer);
	const seconds = (performance.now() - started) / 1000;
	const { uploads } = (await (await fetch(`${sandbox.url}/sandbox/api/uploads`)).json()) as {
		uploads: Array<{ size: number; sha256: string }>;
	};
	const hash = createHash('sha256');
	for (let sent = 0; sent < SIZE; sent += MB) hash.update(Buffer.alloc(MB, 7));
	const whole = uploads.at(-1)?.size === SIZE && uploads.at(-1)?.sha256 === hash.digest('hex');
	const tooLarge = await upload(SIZE + 1, () => undefined).catch(() => 413);
	const grown = most - before;
	console.log(
		`250 MB in ${seconds.toFixed(1)} s: status ${status}, arrived whole: ${whole}, memory +${grown.toFixed(0)} MB (limit ${LIMIT_MB}); one byte more: ${tooLarge}`,
	);
	sandbox.stop();
	if (status !== 200 || !whole || tooLarge !== 413 || grown > LIMIT_MB) process.exitCode = 1;
}

void main();
