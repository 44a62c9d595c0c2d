import type { Cell } from '../support/case-cell';

/** Where a case of the web socket is tested: over both transports, and in the hosts it speaks of. */
export interface StreamRow {
	/** Run over `ws` and the global WebSocket by `client/stream/transports.test.ts`. */
	readonly client: Cell;
	readonly n8n?: Cell;
	readonly nodeRed?: Cell;
}

const OPENING: Cell = ['test/stream-cases/opening-cases.ts'];
const LIVING: Cell = ['test/stream-cases/living-cases.ts'];
const MESSAGES: Cell = ['test/stream-cases/message-cases.ts'];
const n8n = (words: string): Cell => ['test/n8n/stream-trigger.test.ts', words];
const nodeRed = (words: string): Cell => ['test/node-red/stream.test.ts', words];
const because = (words: string): Cell => ({ because: words });

const NO_SENDING = because(
	'the trigger of n8n only listens; what is sent over the socket is an operation of the client',
);
const STOPPED = {
	n8n: n8n('settles a test that is stopped while it still connects'),
	nodeRed: nodeRed('hangs up soon after its last node is gone'),
};
const CLOSED = {
	n8n: n8n('closes at once, also twice, and leaves nothing behind'),
	nodeRed: nodeRed('hangs up soon after its last node is gone'),
};
const RECOVERED = {
	n8n: n8n('brings what was said while the connection was cut'),
	nodeRed: nodeRed('brings what was said while the connection was cut'),
};

/** Every case of the web socket with its tests. */
export const STREAM_CASES: Readonly<Record<string, StreamRow>> = {
	'WS-01': { client: OPENING },
	'WS-02': {
		client: OPENING,
		n8n: n8n('says that the client ID is wrong'),
		nodeRed: nodeRed('stops with one clear message when Flow.ai refuses'),
	},
	'WS-03': { client: OPENING },
	'WS-04': { client: OPENING },
	'WS-05': { client: OPENING },
	'WS-06': { client: OPENING },
	'WS-07': { client: OPENING },
	'WS-08': { client: LIVING },
	'WS-09': { client: LIVING },
	'WS-10': { client: LIVING, ...CLOSED },
	'WS-11': { client: OPENING, n8n: because('the same socket as in the suite over the global WebSocket') },
	'WS-12': { client: LIVING },
	'WS-13': { client: OPENING, ...STOPPED },
	'WS-14': { client: OPENING, ...CLOSED },
	'WS-15': { client: OPENING, ...STOPPED },
	'WS-16': { client: OPENING, ...CLOSED },
	'WS-17': { client: OPENING },
	'WS-18': { client: LIVING },
	'WS-19': { client: LIVING },
	'WS-20': { client: LIVING },
	'WS-21': { client: MESSAGES },
	'WS-22': { client: MESSAGES },
	'WS-23': { client: MESSAGES },
	'WS-24': {
		client: MESSAGES,
		n8n: NO_SENDING,
		nodeRed: because('the operation of flowai-stream-send is the client’s own, run by the suite'),
	},
	'WS-25': {
		client: MESSAGES,
		n8n: NO_SENDING,
		nodeRed: because('the operation of flowai-stream-send is the client’s own, run by the suite'),
	},
	'WS-26': { client: MESSAGES, ...RECOVERED },
	'WS-27': {
		client: MESSAGES,
		n8n: n8n('leaves out what is said in another thread'),
		nodeRed: nodeRed('leaves out what is said in another thread'),
	},
	'WS-28': {
		client: MESSAGES,
		n8n: n8n('announces what the history no longer holds'),
		nodeRed: nodeRed('announces what the history no longer holds'),
	},
};
