import { readFileSync } from 'node:fs';

/** The process that another one has started whose command line holds a text. */
export function childOf(pid: number, text: string): number {
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
	const isIt = (child: number): boolean => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(text);
	const found = children.find(isIt);
	if (found === undefined) throw new Error(`no process of ${text} was started`);
	return found;
}

/** Most memory that a process has held, from its `/proc/…/status`, in MB. */
export function peakMb(status: string): number {
	return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
