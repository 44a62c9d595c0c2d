import fs from 'node:fs/promises';
import path from 'node:path';
import type { Print } from '../printer';

/** How often the folder is looked at, in ms. */
const LOOK_MS = 1_000;
/** Share of the time that goes into unpacking; the rest is compiling. */
const UNPACKING = 0.7;

/** Tells how far an install is: npm itself is silent, so the packages that have arrived are counted. */
export class InstallProgress {
	private readonly started = Date.now();
	private readonly timer: NodeJS.Timeout;
	private isCompiling = false;
	private isCounting = false;
	private readonly total: number;

	private constructor(
		private readonly folder: string,
		private readonly awaited: Set<string>,
		private readonly print: Print,
	) {
		this.total = awaited.size;
		this.timer = setInterval(() => void this.look(), LOOK_MS);
	}

	/** Begins to count the packages that a folder's lock file names. */
	static async start(folder: string, print: Print): Promise<InstallProgress> {
		const lock = JSON.parse(await fs.readFile(path.join(folder, 'package-lock.json'), 'utf8')) as {
			packages: Record<string, { os?: string[]; cpu?: string[] }>;
		};
		// Those for another system never arrive.
		const names = Object.entries(lock.packages)
			.filter(([name, { os, cpu }]) => name !== '' && !os && !cpu)
			.map(([name]) => name);
		print('Installing the n8n server (2.6 GB, once; the following starts skip this)');
		return new InstallProgress(folder, new Set(names), print);
	}

	/** The packages are there; the database driver is next. */
	compiling(): void {
		this.isCompiling = true;
	}

	/** Says that the install is whole. */
	done(): void {
		this.stop();
		this.print(`Installed the n8n server in ${this.seconds()} s`);
	}

	/** Ends the counting. */
	stop(): void {
		clearInterval(this.timer);
	}

	private seconds(): number {
		return Math.round((Date.now() - this.started) / 1000);
	}

	private async look(): Promise<void> {
		if (this.isCompiling) {
			this.print(
				`  ${Math.round(UNPACKING * 100)} %, ${this.seconds()} s: compiling the database driver`,
				true,
			);
			return;
		}
		if (this.isCounting) return;
		this.isCounting = true;
		for (const name of this.awaited) {
			const manifest = path.join(this.folder, name, 'package.json');
			if (
				await fs.access(manifest).then(
					() => true,
					() => false,
				)
			)
				this.awaited.delete(name);
		}
		this.isCounting = false;
		if (this.isCompiling) return;
		const share = UNPACKING * (1 - this.awaited.size / this.total);
		this.print(
			`  ${Math.round(share * 100)} %, ${this.seconds()} s: downloading and unpacking packages`,
			true,
		);
	}
}
