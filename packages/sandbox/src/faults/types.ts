/** The doors of the sandbox at which something can be made to fail. `webhook` is every call the sandbox makes. */
export const SURFACES = [
	'flowai-rest',
	'flowai-socket-info',
	'flowai-socket',
	'flowai-management',
	'flowxo',
	'chatlayer',
	'chatlayer-core',
	'webhook',
] as const;
export type Surface = (typeof SURFACES)[number];

/** When a socket fault strikes: at once on every open socket, when one opens, or at a frame received or sent. */
export type FrameMoment = 'now' | 'open' | 'in' | 'out';

/** Faults of HTTP answers. `applied: true` does the work first and then answers wrongly. */
export type HttpAction =
	| {
			type: 'status';
			status: number;
			retryAfter?: string | number;
			headers?: Record<string, string>;
			body?: unknown;
			contentType?: string;
			applied?: boolean;
	  }
	| { type: 'html'; status?: number; applied?: boolean }
	| { type: 'body'; body: string; status?: number; contentType?: string; applied?: boolean }
	| { type: 'truncate' }
	| { type: 'drip'; bytes?: number; everyMs: number }
	| { type: 'stall' }
	| { type: 'hang' }
	| { type: 'reset'; when: 'before' | 'after' }
	| { type: 'redirect'; location: string; status?: number };

/** Lists that shift, shrink or answer oddly while they are paged. */
export interface ListAction {
	type: 'list';
	/** Lower the page size without telling. */
	maxLimit?: number;
	/** Leave the total out, or give a wrong one. */
	total?: 'omit' | number;
	/** Wrap a bare array, or unwrap a wrapped one. */
	wrap?: 'object' | 'array';
	shuffle?: boolean;
	ignoreSkip?: boolean;
	/** Give out the page token (or cursor) that was sent. */
	repeatToken?: boolean;
	/** An empty page, with a token to go on where the list has tokens. */
	empty?: boolean;
	/** Before the page is read: add this many new rows at the head. */
	insert?: number;
	/** Before the page is read: remove this many rows from the head. */
	remove?: number;
	/** Before the page is read: move this many rows from the tail to the head. */
	activate?: number;
}

/** Faults of frames and of webhook calls. */
export type FrameAction =
	| { type: 'cut'; on?: FrameMoment; closeFrame?: boolean; code?: number }
	| { type: 'mute'; on?: FrameMoment }
	| { type: 'halfOpen'; on?: FrameMoment }
	| { type: 'garbage'; on?: FrameMoment; data?: string; binary?: boolean; bytes?: number }
	| { type: 'duplicate'; copies?: number; together?: boolean }
	| { type: 'delay'; ms: number }
	| { type: 'reorder' }
	| { type: 'drop' }
	| { type: 'stripIds' };

export type LatencyAction = { type: 'latency'; ms: number; jitterMs?: number };

export type FaultAction = HttpAction | ListAction | FrameAction | LatencyAction;

export interface FaultMatch {
	surface?: Surface;
	method?: string;
	/** Prefix of the path, whole (`/flowxo/api/conversations`) or below the service's base address (`/conversations`). */
	path?: string;
	/** Type of a frame or name of a webhook event. */
	event?: string;
}

/** What is to go wrong, where, and how often. */
export interface Fault {
	match?: FaultMatch;
	/** How many matching calls fail; all when absent. */
	times?: number;
	/** How many matching calls go well first. */
	after?: number;
	action: FaultAction;
}

/** A fault that was added, with what has happened to it. */
export interface FaultRecord extends Fault {
	id: string;
	seen: number;
	fired: number;
}

const HTTP_TYPES = ['status', 'html', 'body', 'truncate', 'drip', 'stall', 'hang', 'reset', 'redirect'];
const FRAME_TYPES = [
	'cut',
	'mute',
	'halfOpen',
	'garbage',
	'duplicate',
	'delay',
	'reorder',
	'drop',
	'stripIds',
];
export const ACTION_TYPES: readonly string[] = [...HTTP_TYPES, ...FRAME_TYPES, 'list', 'latency'];

export function isHttpAction(action: FaultAction): action is HttpAction {
	return HTTP_TYPES.includes(action.type);
}

export function isFrameAction(action: FaultAction): action is FrameAction {
	return FRAME_TYPES.includes(action.type);
}

/** The moment a socket fault strikes when none is given. */
export function momentOf(action: FrameAction): FrameMoment {
	if ('on' in action && action.on !== undefined) return action.on;
	const atOnce = action.type === 'cut' || action.type === 'mute' || action.type === 'halfOpen';
	return atOnce || action.type === 'garbage' ? 'now' : 'out';
}
