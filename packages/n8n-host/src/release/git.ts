import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs git in a folder and gives what it printed.
 * @throws Error with what git said
 */
export async function git(cwd: string, ...args: string[]): Promise<string> {
	try {
		const { stdout } = await run('git', args, { cwd, maxBuffer: 64 * 1024 * 1024 });
		return stdout.trim();
	} catch (error) {
		const said = (error as { stderr?: string }).stderr?.trim();
		throw new Error(`git ${args.join(' ')} failed: ${said || String(error)}`);
	}
}
