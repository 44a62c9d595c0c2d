import type { FastifyRequest } from 'fastify';
import type { ListAction } from './types';

/** What a list can do with its rows when a fault asks for it. */
export interface ListChanges {
	insert?: (count: number) => void;
	remove?: (count: number) => void;
	activate?: (count: number) => void;
}

/** Carries out the changes which the list faults of a request ask for, and returns the faults merged into one. */
export function listFaults(request: FastifyRequest, changes: ListChanges = {}): Partial<ListAction> {
	let merged: Partial<ListAction> = {};
	for (const fault of request.listFaults) {
		merged = { ...merged, ...fault };
		if (fault.insert !== undefined) changes.insert?.(fault.insert);
		if (fault.remove !== undefined) changes.remove?.(fault.remove);
		if (fault.activate !== undefined) changes.activate?.(fault.activate);
	}
	return merged;
}

/** Page and page size after list faults, for lists with numbered pages. */
export function pageNumbers(
	request: FastifyRequest,
	page: number,
	size: number,
): { page: number; size: number } {
	const fault = listFaults(request);
	return { page: fault.ignoreSkip === true ? 1 : page, size: Math.min(size, fault.maxLimit ?? size) };
}

/** The rows of a page after the faults that change rows: none, shuffled. */
export function pageRows<T>(rows: T[], fault: Partial<ListAction>): T[] {
	if (fault.empty === true) return [];
	if (fault.shuffle !== true) return rows;
	const shuffled = [...rows];
	for (let i = shuffled.length - 1; i > 0; i -= 1) {
		const j = Math.floor(Math.random() * (i + 1));
		const [a, b] = [shuffled[i] as T, shuffled[j] as T];
		shuffled[i] = b;
		shuffled[j] = a;
	}
	return shuffled;
}
