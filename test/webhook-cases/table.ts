import { because, type Cell } from '../support/case-cell';

/** Tests that both hosts run: `node-red/webhook-cases.test.ts` and `e2e/n8n-webhook-cases.ts`. */
const EVENTS: Cell = ['test/webhook-cases/event-cases.ts'];
const ACTIONS: Cell = ['test/webhook-cases/action-cases.ts'];
const RED: Cell = ['test/node-red/webhook-cases.test.ts'];
const both = (cell: Cell): Row => ({ n8n: cell, nodeRed: cell });

interface Row {
	readonly n8n: Cell;
	readonly nodeRed: Cell;
}

const NO_REMOTE =
	'Flow.ai keeps one URL that a person enters: there is nothing to register, to ask about or to remove';

/** Every case of a webhook receiver, and of the hosts as far as webhooks go, with its test in each host. */
export const WEBHOOK_CASES: Readonly<Record<string, Row>> = {
	'HOOK-01': both(EVENTS),
	'HOOK-02': both(EVENTS),
	'HOOK-03': both(EVENTS),
	'HOOK-04': both(EVENTS),
	'HOOK-05': both(EVENTS),
	'HOOK-06': both(EVENTS),
	'HOOK-07': both(EVENTS),
	'HOOK-08': both(EVENTS),
	'HOOK-09': both(EVENTS),
	'HOOK-10': both(EVENTS),
	'HOOK-11': both(EVENTS),
	'HOOK-12': both(EVENTS),
	'HOOK-13': both(EVENTS),
	'HOOK-14': both(EVENTS),
	'HOOK-15': both(EVENTS),
	'HOOK-16': both(EVENTS),
	'HOOK-17': both(EVENTS),
	'HOOK-18': both(EVENTS),
	'HOOK-19': both(EVENTS),
	'HOOK-20': both(['test/client/recent-keys.test.ts', 'describe(']),
	'HOOK-21': both(EVENTS),
	'HOOK-22': both(EVENTS),
	'HOOK-23': both(EVENTS),
	'HOOK-24': {
		n8n: because(
			'n8n takes calls by itself and has its own queue and limits; a node is asked only after that',
		),
		nodeRed: RED,
	},
	'HOOK-25': both(ACTIONS),
	'HOOK-26': both(EVENTS),
	'NODE-01': {
		n8n: ['test/e2e/n8n-lifecycle.ts', 'started exactly one run for each event'],
		nodeRed: because('a case of n8n: Node-RED has no active workflows'),
	},
	'NODE-02': both(because(NO_REMOTE)),
	'NODE-03': {
		n8n: ['test/e2e/n8n-webhook.ts', 'hears one event at its test URL, which is closed after that'],
		nodeRed: because('a case of n8n: Node-RED has one URL only'),
	},
	'NODE-04': both(because(NO_REMOTE)),
	'NODE-12': {
		n8n: ['test/e2e/n8n-lifecycle.ts', 'hears again when it is activated again'],
		nodeRed: ['test/node-red/webhook.test.ts', 'listens no longer once its node is gone'],
	},
	'NODE-21': {
		n8n: ['test/e2e/n8n-action.ts', 'takes one reply a call and refuses the second'],
		nodeRed: RED,
	},
	'NODE-23': { n8n: because('a case of Node-RED: n8n has no deploys'), nodeRed: RED },
	'NODE-29': { n8n: because('n8n gives each trigger a URL of its own'), nodeRed: RED },
	'NODE-30': {
		n8n: because('a case of Node-RED: n8n shows the URL itself'),
		nodeRed: ['test/node-red/webhook.test.ts', 'says that callers have to sign in'],
	},
	'NODE-33': {
		n8n: ['test/e2e/n8n-action.ts', 'replies to a flow of the sandbox, whose thread shows it'],
		nodeRed: RED,
	},
	'NODE-38': {
		n8n: because('n8n gives each trigger a URL of its own'),
		nodeRed: ['test/node-red/webhook.test.ts', 'several nodes share a path, each with its own filters'],
	},
};
