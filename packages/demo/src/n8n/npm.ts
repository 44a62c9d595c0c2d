import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What npm hands to its scripts belongs to this project; a command in another folder must not see it. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
	const entries = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
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
 * @throws ToolError with the end of what npm printed
 */
export async function npm(
	cwd: string,
	args: readonly string[],
	{ env = {}, signal }: { env?: NodeJS.ProcessEnv; signal?: AbortSignal | undefined } = {},
): Promise<void> {
	const nodeFolder = path.dirname(process.execPath);
	const environment = { ...cleanEnvironment(), ...env };
	const isWindows = process.platform === 'win32';
	try {
		await run(isWindows ? 'npm.cmd' : 'npm', [...args], {
			cwd,
			env: { ...environment, PATH: `${nodeFolder}${path.delimiter}${process.env['PATH'] ?? ''}` },
			maxBuffer: 64 * 1024 * 1024,
			shell: isWindows,
			signal,
		});
	} catch (error) {
		const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
		const lines = `${stdout}${stderr}`.split('\n').filter((line) => !/^npm warn/i.test(line));
		throw new ToolError(`npm ${args[0] ?? ''}`, lines.join('\n').trim().slice(-3_000) || message);
	}
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
