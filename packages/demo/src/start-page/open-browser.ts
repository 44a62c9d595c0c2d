import { spawn } from 'node:child_process';

/** What opens an address in the user's browser, by system. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
	darwin: ['open'],
	win32: ['cmd', '/c', 'start', ''],
	linux: ['xdg-open'],
};

/** Whether somebody sits there who could look at a browser. */
function hasScreen({ env, platform, stdout }: NodeJS.Process): boolean {
	if (!stdout.isTTY || env['CI'] !== undefined || env['SSH_CONNECTION'] !== undefined) return false;
	return platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

/** Opens an address in the user's browser, where there is one; nothing depends on it. */
export function openBrowser(url: string): void {
	const opener = OPENERS[process.platform];
	if (!opener || !hasScreen(process)) return;
	const [command, ...args] = opener;
	const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
	child.on('error', () => undefined);
	child.unref();
}
