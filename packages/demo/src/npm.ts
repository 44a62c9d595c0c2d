import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How the user reaches the registry, which an install needs to know. */
const REGISTRY =
	/^npm_(token$|config_(registry|.*proxy|ca|cafile|cache|userconfig|globalconfig|strict_ssl)$)/i;

/** What npm and jest tell their own programs is not meant for an install of its own. */
function cleanEnvironment(): NodeJS.ProcessEnv {
	const entries = Object.entries(process.env).filter(
		([name]) => REGISTRY.test(name) || !/^(npm_|jest_|node_env$)/i.test(name),
	);
	return Object.fromEntries(entries);
}

/** A tool that did not succeed, with what it printed. */
export class ToolError extends Error {
	constructor(
		tool: string,
		readonly output: string,
	) {
		super(`${tool} did not succeed:\n${output}`);
		this.name = 'ToolError';
	}
}

/**
 * Runs npm in a folder, under the Node of this process.
 * @param signal ends npm with all that it has started
 * @throws ToolError with the end of what npm printed
 */
export async function npm(
	cwd: string,
	args: readonly string[],
	{ env = {}, signal }: { env?: NodeJS.ProcessEnv; signal?: AbortSignal | undefined } = {},
): Promise<void> {
	signal?.throwIfAborted();
	const isWindows = process.platform === 'win32';
	const nodeFolder = path.dirname(process.execPath);
	const child = spawn(isWindows ? 'npm.cmd' : 'npm', [...args], {
		cwd,
		env: {
			...cleanEnvironment(),
			...env,
			PATH: `${nodeFolder}${path.delimiter}${process.env['PATH'] ?? ''}`,
		},
		shell: isWindows,
		stdio: ['ignore', 'pipe', 'pipe'],
		// A group of its own, which can be ended with all that npm has started.
		detached: !isWindows,
	});
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
	}
	// At once: npm would first finish what it is at, in a folder that is about to be removed.
	const end = (): void => void (child.pid && process.kill(isWindows ? child.pid : -child.pid, 'SIGKILL'));
	signal?.addEventListener('abort', end);
	try {
		const [code] = (await once(child, 'close')) as [number | null];
		if (code === 0) return;
	} finally {
		signal?.removeEventListener('abort', end);
	}
	signal?.throwIfAborted();
	const lines = printed.split('\n').filter((line) => !/^npm warn/i.test(line));
	throw new ToolError(`npm ${args[0] ?? ''}`, lines.join('\n').trim().slice(-3_000));
}

/** Tools of a list that are not on the PATH. */
export async function missingTools(names: readonly string[]): Promise<string[]> {
	const checks = names.map((name) =>
		run(name, ['--version']).then(
			() => undefined,
			() => name,
		),
	);
	return (await Promise.all(checks)).filter((name) => name !== undefined);
}
