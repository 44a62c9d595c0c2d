import type { Bus } from '../bus';
import { asObject, isObject } from '../json';
import {
	ACTION_TYPES,
	SURFACES,
	isFrameAction,
	momentOf,
	type Fault,
	type FaultAction,
	type FaultRecord,
	type Surface,
} from './types';

/** Something that can fail: a request, a frame or a webhook call. */
export interface Occasion {
	surface: Surface;
	method?: string;
	path?: string;
	event?: string;
}

/** Path prefix of each surface, so that a fault may name a path below the service's base address. */
const BASES: Record<Surface, string> = {
	'flowai-rest': '/flowai/rest/v1',
	'flowai-socket-info': '/flowai',
	'flowai-socket': '/flowai',
	'flowai-management': '/flowai',
	flowxo: '/flowxo/api',
	chatlayer: '/chatlayer',
	'chatlayer-core': '/chatlayer-core',
	webhook: '',
};

function matches(fault: FaultRecord, occasion: Occasion): boolean {
	const { surface, method, path, event } = fault.match ?? {};
	if (surface !== undefined && surface !== occasion.surface) return false;
	if (method !== undefined && method.toUpperCase() !== occasion.method?.toUpperCase()) return false;
	if (event !== undefined && event !== occasion.event) return false;
	if (path === undefined) return true;
	const whole = occasion.path ?? '';
	const base = BASES[occasion.surface];
	const below = whole.startsWith(base) ? whole.slice(base.length) : whole;
	return whole.startsWith(path) || below.startsWith(path.startsWith('/') ? path : `/${path}`);
}

/** All faults of a sandbox. */
export class Faults {
	private readonly list: FaultRecord[] = [];
	private counter = 0;
	/** Carries out socket faults that strike at once; set by the socket server. */
	strikeNow: (fault: FaultRecord) => void = () => undefined;

	constructor(private readonly bus: Bus) {}

	/**
	 * Adds a fault. A socket fault with the moment `now` is carried out on all open sockets and not kept.
	 * @returns the fault's id
	 * @throws TypeError naming the wrong field
	 */
	add(fault: Fault): string {
		checkFault(fault);
		const record: FaultRecord = { ...fault, id: `fault-${++this.counter}`, seen: 0, fired: 0 };
		const socketOnly = fault.match?.surface === undefined || fault.match.surface === 'flowai-socket';
		if (socketOnly && isFrameAction(fault.action) && momentOf(fault.action) === 'now') {
			this.strikeNow(record);
		} else {
			this.list.push(record);
		}
		this.bus.emit({ topic: 'faults' });
		return record.id;
	}

	/** Removes one fault; false when there is none of that id. */
	remove(id: string): boolean {
		const index = this.list.findIndex((fault) => fault.id === id);
		if (index < 0) return false;
		this.list.splice(index, 1);
		this.bus.emit({ topic: 'faults' });
		return true;
	}

	clear(): void {
		this.list.length = 0;
		this.bus.emit({ topic: 'faults' });
	}

	all(): FaultRecord[] {
		return this.list.map((fault) => ({ ...fault }));
	}

	/** Whether there is nothing that could strike. */
	get none(): boolean {
		return this.list.length === 0;
	}

	/** The actions to take on this occasion, each counted once; `wanted` leaves out kinds that cannot apply. */
	take(occasion: Occasion, wanted: (action: FaultAction) => boolean): FaultAction[] {
		const actions: FaultAction[] = [];
		for (const fault of this.list) {
			if (!wanted(fault.action) || !matches(fault, occasion)) continue;
			fault.seen += 1;
			if (fault.seen <= (fault.after ?? 0) || fault.fired >= (fault.times ?? Infinity)) continue;
			const composes = fault.action.type === 'latency' || fault.action.type === 'list';
			if (!composes && actions.some((action) => action.type !== 'latency' && action.type !== 'list'))
				continue;
			fault.fired += 1;
			actions.push(fault.action);
		}
		if (actions.length > 0) this.bus.emit({ topic: 'faults' });
		return actions;
	}
}

function checkFault(fault: Fault): void {
	const action: unknown = asObject(fault)['action'];
	if (!isObject(action) || !ACTION_TYPES.includes(String(action['type']))) {
		throw new TypeError(`action.type must be one of ${ACTION_TYPES.join(', ')}`);
	}
	const surface = fault.match?.surface;
	if (surface !== undefined && !SURFACES.includes(surface)) {
		throw new TypeError(`match.surface must be one of ${SURFACES.join(', ')}`);
	}
	for (const field of ['times', 'after'] as const) {
		const value: unknown = fault[field];
		if (value !== undefined && !(typeof value === 'number' && Number.isInteger(value) && value >= 0)) {
			throw new TypeError(`${field} must be a whole number from 0`);
		}
	}
	if (fault.action.type === 'status' && !(fault.action.status >= 100 && fault.action.status <= 599)) {
		throw new TypeError('action.status must be an HTTP status');
	}
	for (const field of ['ms', 'everyMs', 'jitterMs', 'bytes'] as const) {
		const value = action[field];
		if (value !== undefined && !(typeof value === 'number' && value >= 0)) {
			throw new TypeError(`action.${field} must be a number from 0`);
		}
	}
}
