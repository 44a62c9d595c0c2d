import { readFileSync, writeFileSync } from 'node:fs';

/** Clock ticks of Linux a second. */
const TICKS = 100;

/** What a process has used. */
export interface Usage {
	readonly name: string;
	/** Most memory that it held, in MB. */
	readonly peakMb: number;
	/** Processor time, in seconds. */
	readonly cpuSeconds: number;
}

/** Watches the memory and the processor time of processes; Linux only. */
export class UsageMeter {
	readonly #before: ReadonlyMap<string, number>;

	/** Starts to measure; peaks count from now on. */
	constructor(private readonly parts: ReadonlyArray<{ readonly name: string; readonly pid: number }>) {
		for (const { pid } of parts) writeFileSync(`/proc/${pid}/clear_refs`, '5');
		this.#before = new Map(parts.map(({ name, pid }) => [name, cpuOf(pid)]));
	}

	/** What was used since the start. */
	read(): Usage[] {
		return this.parts.map(({ name, pid }) => {
			const [, kb = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
			const cpuSeconds = cpuOf(pid) - (this.#before.get(name) ?? 0);
			return { name, peakMb: Math.round(Number(kb) / 1024), cpuSeconds };
		});
	}
}

/** Processor time of a process so far, in seconds. `man proc_pid_stat`, fields 14 and 15. */
function cpuOf(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
