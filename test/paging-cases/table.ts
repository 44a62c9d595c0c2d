import { because, type Cell } from '../support/case-cell';

/** Where a case about pages is tested: the client by itself, both hosts, and the sandbox's switch for it. */
interface Row {
	readonly client: Cell;
	readonly n8n: Cell;
	readonly nodeRed: Cell;
	readonly sandbox: Cell;
}

const OFFSETS: Cell = ['test/client/paging/offset-pages.test.ts'];
const TOKENS: Cell = ['test/client/chatlayer-lists.test.ts'];
const MOVING: Cell = ['test/client/paging/moving-lists.test.ts'];
/** Run by both hosts with the sandbox's switches. */
const HOSTS: Cell = ['test/paging-cases/host-cases.ts'];

const everywhere = (client: Cell): Row => ({ client, n8n: HOSTS, nodeRed: HOSTS, sandbox: HOSTS });
const clientOnly = (client: Cell, words: string): Row => ({
	client,
	n8n: because(words),
	nodeRed: because(words),
	sandbox: because(words),
});

/** Every case about pages, with its test in each place. */
export const PAGING_CASES: Readonly<Record<string, Row>> = {
	'PAGE-01': everywhere(OFFSETS),
	'PAGE-02': everywhere(OFFSETS),
	'PAGE-03': {
		client: TOKENS,
		n8n: because('the list of the client is all that a host sees, and empty pages do not reach it'),
		nodeRed: because('the list of the client is all that a host sees, and empty pages do not reach it'),
		sandbox: ['test/sandbox/faults.test.ts', 'gives an empty page with a token to go on'],
	},
	'PAGE-04': everywhere(OFFSETS),
	'PAGE-05': clientOnly(OFFSETS, 'a host ends a list at its first failure; it calls next() no second time'),
	'PAGE-06': clientOnly(OFFSETS, 'a host waits for a page before it asks for the next one'),
	'PAGE-07': clientOnly(OFFSETS, 'what a host can leave early is tested with Stop and with closing nodes'),
	'PAGE-08': everywhere(OFFSETS),
	'PAGE-09': clientOnly(OFFSETS, 'a host makes the options anew for every run'),
	'PAGE-10': everywhere(OFFSETS),
	'PAGE-11': everywhere(MOVING),
	'PAGE-12': everywhere(OFFSETS),
	'PAGE-13': everywhere(MOVING),
	'PAGE-14': everywhere(MOVING),
};
