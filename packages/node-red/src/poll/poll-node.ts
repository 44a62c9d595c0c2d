import type { JsonObject } from '@convoflow/client';
import { readFields, type Poll } from '@convoflow/kit';
import { storedFields } from '../model/names';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { TriggerNode } from '../model/nodes';
import { intervalField } from '../model/poll';
import { toNodeError, type NodeError } from '../runtime/errors';
import type { Red, RedNode } from '../runtime/red';
import { findLink, readContext, type ServiceLink } from '../runtime/service-link';
import { show, showChecked, showNothing } from '../runtime/status';
import { openNodeStore } from '../store/node-stores';
import { PollLoop, type CheckEnd, type PollLoopOptions } from './poll-loop';

/** Key of the cursor in the node's store. */
const CURSOR = 'cursor';
/** Events that are handed on before the cursor is kept; the rest comes at once after it. */
const MAX_EVENTS = 500;
/** A service that refuses the key is asked again after this time, ms. */
const REFUSED_MS = 15 * 60_000;

/** The passing of time as a node sees it. */
export type PollClock = Pick<PollLoopOptions, 'now' | 'random' | 'sleep'>;

const CLOCK: PollClock = {
	now: () => Date.now(),
	random: () => Math.random(),
	sleep: async (ms, signal) => {
		await sleep(ms, undefined, { signal });
	},
};

/** Hands events on. Resolves when Node-RED has delivered them to the next nodes. */
async function sendAll(node: RedNode, events: readonly JsonObject[]): Promise<void> {
	for (const event of events) {
		node.send({ payload: event, topic: event['event'], conversationId: event['conversationId'] });
	}
	// Node-RED delivers in the next round of the event loop.
	await setImmediate();
	await setImmediate();
}

/** Shows what went wrong. */
function failedEnd(node: RedNode, thrown: unknown): CheckEnd & { readonly error: NodeError } {
	const error = toNodeError(thrown);
	const { status } = error.cause;
	const isRefused = status === 401 || status === 403;
	if (error.code === 'CONVOFLOW_NO_CREDENTIAL') show(node, 'noCredential');
	else show(node, isRefused ? 'keyRefused' : 'failed');
	return { isComplete: true, error, ...(isRefused ? { pauseMs: REFUSED_MS } : {}) };
}

/** Tells of what goes wrong once, not at every check. */
function tellerOf(node: RedNode): (end: CheckEnd) => void {
	let told = '';
	return ({ error }) => {
		if (error && told !== error.message) node.error(error);
		told = error?.message ?? '';
	};
}

/** Registers a node that asks a service from time to time and starts a flow for everything that is new. */
export function registerPollNode(
	red: Red,
	{ type, trigger, credential }: TriggerNode,
	clock: PollClock = CLOCK,
): void {
	const poll: Poll | undefined = trigger.poll;
	if (!credential || !poll) throw new TypeError(`${type} needs a credential and a poll`);
	const fields = { ...intervalField, ...trigger.fields, ...trigger.optional };

	red.nodes.registerType(type, function (config) {
		red.nodes.createNode(this, config);
		const onEnd = tellerOf(this);
		let startError: NodeError | undefined;
		const kept = openNodeStore(red, config.id);
		let told: string | undefined;

		const check = async (
			settings: Readonly<Record<string, unknown>>,
			link: ServiceLink,
			signal: AbortSignal,
		): Promise<CheckEnd> => {
			const store = await kept.store;
			const limits = { signal, now: clock.now, isLate: () => false, maxEvents: MAX_EVENTS };
			show(this, 'checking');
			const outcome = await poll.check(link.client, settings, store.get(CURSOR), limits);
			if (signal.aborted) return { isComplete: true };
			// In this order, so that after a crash events come twice, not never.
			await sendAll(this, outcome.events);
			await store.set(CURSOR, outcome.cursor);
			if (outcome.notice !== undefined && outcome.notice !== told) this.warn(outcome.notice);
			told = outcome.notice;
			showChecked(this, new Date(clock.now()), outcome.events.length);
			return { isComplete: outcome.isComplete };
		};

		const loopOf = (): PollLoop | undefined => {
			try {
				const settings = readFields(fields, storedFields(fields, config), readContext());
				const link = findLink(red, config[credential.name], credential);
				return new PollLoop({
					intervalMs: Number(settings['interval']) * 1_000,
					check: async (signal) =>
						await check(settings, link, signal).catch((error: unknown) =>
							signal.aborted ? { isComplete: true } : failedEnd(this, error),
						),
					onEnd,
					...clock,
				});
			} catch (error) {
				const end = failedEnd(this, error);
				startError = end.error;
				onEnd(end);
				return undefined;
			}
		};

		const loop = loopOf();
		this.on('input', (_message, _send, done) => {
			// Whoever asks for a check is told of what goes wrong every time.
			void (loop?.checkNow() ?? Promise.resolve(startError)).then((error) => done(error));
		});
		this.on('close', (removed, done) => {
			const closing = (loop?.stop() ?? Promise.resolve()).then(() => kept.release(removed));
			closing
				.catch(() => undefined)
				.finally(() => {
					showNothing(this);
					done();
				});
		});
		loop?.start();
	});
}
