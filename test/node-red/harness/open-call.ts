import { randomUUID } from 'node:crypto';
import type { NodeRed } from '../harness';
import { VERIFY_TOKEN } from '../../support/action-calls';
import type { FlowNode, Settings } from './call-node';
import { credentialNode, debugNode, node, TAB } from './flow';

const PATH = 'harness-action';
const SHOWN = 'harness-action-out';

/** A flow that takes action calls and leaves their answer to whoever knows their id. */
export function actionFlow(settings: Readonly<Record<string, Settings>>): FlowNode[] {
	const credential = settings['flowAiActionApi'] as Settings;
	return [
		TAB,
		node(
			'harness-action',
			'flowai-action',
			{ path: PATH, answer: 'reply', flowAiActionApi: 'harness-token' },
			SHOWN,
		),
		debugNode(SHOWN),
		credentialNode('harness-token', credential),
	];
}

/** A call that waits in the flow. */
export interface WaitingCall {
	/** Its `msg.flowaiCall`. */
	readonly id: string;
	/** What Flow.ai gets; undefined after hanging up. */
	readonly answer: Promise<unknown>;
	hangUp(): void;
}

/** Calls the flow as Flow.ai does, and waits until it has the call. */
export async function openCall(red: NodeRed): Promise<WaitingCall> {
	const query = randomUUID();
	const caller = new AbortController();
	const answer = fetch(`${red.nodeUrl}/flowai/action/${PATH}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ type: 'action', verifyToken: VERIFY_TOKEN, action: 'test', query }),
		signal: caller.signal,
	}).then(
		(response) => response.json(),
		() => undefined,
	);
	for (let count = 1; ; count += 1) {
		const shown = (await red.awaitDebug(SHOWN, count)) as {
			payload: { query: string };
			flowaiCall: string;
		}[];
		const mine = shown.find(({ payload }) => payload.query === query);
		if (mine) return { id: mine.flowaiCall, answer, hangUp: () => caller.abort() };
		count = shown.length;
	}
}
