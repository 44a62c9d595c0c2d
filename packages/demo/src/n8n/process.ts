import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { N8nSetupError } from './error';

/** How much of what n8n printed is kept for a failure, in characters. */
const KEPT = 20_000;
/** What n8n can be started as, with the last thing it says when it starts. */
const READY = {
	start: 'Editor is now accessible',
	worker: 'n8n worker is now ready',
	webhook: 'Webhook listener waiting for requests',
} as const;
/** Time to become ready, and to end in order, in ms. */
const START_MS = 300_000;
const STOP_MS = 10_000;

/** What a program needs of its surroundings. Settings of another n8n on this machine must not reach this one. */
const PASSED_ON =
	/^(path|home|user|tmpdir|temp|tmp|lang|lc_\w+|tz|shell|systemroot|windir|comspec|pathext|userprofile|appdata|localappdata|programdata)$/i;

function plainEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => PASSED_ON.test(name)));
}

/** How to run n8n. */
export interface N8nRun {
	readonly bin: string;
	/** A whole server unless it says otherwise; in queue mode also a worker, or a process that only takes webhooks. */
	readonly command?: keyof typeof READY;
	/** Folder to run in: n8n reads a file `.env` where it is started. */
	readonly cwd: string;
	readonly env: NodeJS.ProcessEnv;
	/** Gives up the start. */
	readonly signal?: AbortSignal | undefined;
}

/** One run of the n8n program, with the task runners that it starts. */
export class N8nProcess {
	private printed = '';
	private readonly ended: Promise<unknown>;
	private hasEnded = false;

	private constructor(private readonly child: ChildProcess) {
		for (const stream of [child.stdout, child.stderr]) {
			stream?.on('data', (chunk: Buffer) => {
				this.printed = (this.printed + chunk.toString()).slice(-KEPT);
			});
		}
		// n8n has a process group of its own, so nothing else would end it with this process.
		const end = (): void => this.signal('SIGKILL');
		process.once('exit', end);
		this.ended = once(child, 'close').then(() => {
			this.hasEnded = true;
			process.removeListener('exit', end);
		});
	}

	/**
	 * Starts n8n and waits until it is ready, its active workflows listening, which it says itself.
	 * @throws N8nSetupError `N8N_START_FAILED` with the end of what it printed; the reason of `signal`
	 */
	static async start({ bin, command = 'start', cwd, env, signal }: N8nRun): Promise<N8nProcess> {
		signal?.throwIfAborted();
		const child = spawn(process.execPath, [bin, command], {
			cwd,
			env: { ...plainEnvironment(), ...env },
			// A group of its own: ending the group ends the task runners as well.
			detached: process.platform !== 'win32',
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const started = new N8nProcess(child);
		const giveUp = new AbortController();
		const ready = new Promise<true>((resolve) => {
			child.stdout.on('data', () => {
				if (started.printed.includes(READY[command])) resolve(true);
			});
		});
		const stopped = signal ? AbortSignal.any([giveUp.signal, signal]) : giveUp.signal;
		const late = wait(START_MS, false, { signal: stopped }).catch(() => false);
		const isReady = await Promise.race([ready, late, started.ended.then(() => false)]);
		giveUp.abort();
		if (!isReady) {
			await started.kill();
			signal?.throwIfAborted();
			throw new N8nSetupError(
				'N8N_START_FAILED',
				`n8n did not start. It printed:\n${started.output.slice(-3_000)}`,
			);
		}
		return started;
	}

	/** Of the process that leads the group. */
	get pid(): number {
		return this.child.pid ?? 0;
	}

	/** What n8n printed last. */
	get output(): string {
		return this.printed;
	}

	/** Ends n8n in order, with force when it takes too long. */
	async stop(): Promise<void> {
		this.signal('SIGTERM');
		const giveUp = new AbortController();
		const late = wait(STOP_MS, 'late', { signal: giveUp.signal }).catch(() => undefined);
		const outcome = await Promise.race([this.ended, late]);
		giveUp.abort();
		if (outcome === 'late') await this.kill();
	}

	/** Ends n8n at once, as a crash would. */
	async kill(): Promise<void> {
		this.signal('SIGKILL');
		await this.ended;
	}

	private signal(name: NodeJS.Signals): void {
		if (this.hasEnded || this.child.pid === undefined) return;
		try {
			process.kill(process.platform === 'win32' ? this.child.pid : -this.child.pid, name);
		} catch {
			// It has just ended by itself.
		}
	}
}
