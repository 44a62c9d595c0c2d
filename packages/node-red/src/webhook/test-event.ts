import type { EventFilter, JsonObject, Verification } from '@convoflow/client';
import { createHmac, randomUUID } from 'node:crypto';
import type { Red, RedNode } from '../runtime/red';
import type { Intake } from './event-intake';
import type { EventListener } from './event-route';

/** A live node, as far as a test event needs it. */
interface Testable {
	readonly listener: Omit<EventListener, 'take'> & { take(body: JsonObject): Promise<Intake> };
	readonly verification: Verification;
	readonly settings: EventFilter;
}

const testables = new WeakMap<RedNode, Testable>();

/** Makes a live node known to the button of its form. */
export function setTestable(node: RedNode, testable: Testable): void {
	testables.set(node, testable);
}

/** What the form shows; `result` is a key of the catalog under `testEvent`. */
interface TestOutcome {
	readonly result: 'sent' | 'leftOut' | 'refused' | 'notDeployed' | 'failed';
	readonly reason?: string;
}

/** Bodies by kind; shapes as Flow.ai reference §4.2 has them, most of them [inferred]. */
const BODIES: Readonly<Record<string, JsonObject>> = {
	businessHours: { type: 'businessHours', businessHours: [] },
	delivered: { type: 'message.delivered', traceId: 1 },
	handover: { type: 'takeover' },
	history: { type: 'history', history: [], page: 1, pages: 1 },
	paused: { type: 'paused' },
	pauseStatus: { type: 'isPaused', isPaused: true },
	resumed: { type: 'resumed' },
	threads: { type: 'threads', threads: [], page: 1, pages: 1 },
	triggerEvents: { type: 'trigger.events', items: [] },
	other: { type: 'convoflow.test' },
};

function messageBody(kind: string, { from = 'any', silent = 'with' }: EventFilter): JsonObject {
	const role = from === 'any' ? (kind === 'inbound' ? 'user' : 'bot') : from;
	const text = 'This is a test event of Node-RED';
	const response = { type: 'text', payload: { text } };
	return {
		type: kind,
		originator: { name: 'Test', role },
		messages: [{ fallback: text, responses: [response], ...(silent === 'only' ? { silent: true } : {}) }],
	};
}

/** An event of the first kind that the node listens to, made to pass the filters that a body can pass. */
function bodyFor(settings: EventFilter): JsonObject {
	const [kind = 'message'] = settings.events;
	return {
		...(BODIES[kind] ?? messageBody(kind, settings)),
		threadId: settings.threadId ?? 'test-thread',
		activityId: `test-${randomUUID()}`,
		test: true,
	};
}

function jwt(secret: string, nowMs: number): string {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const head = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ exp: Math.floor(nowMs / 1000) + 60 })}`;
	return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}

/** The header that a caller with the right secret would send. */
function headersFor(verification: Verification, nowMs: number): Readonly<Record<string, string>> {
	if (verification.mode === 'none') return {};
	const secret = verification.secrets[0]?.trim() ?? '';
	const name = verification.name.trim().toLowerCase() || 'x-access-token';
	return { [name]: verification.mode === 'jwt' ? jwt(secret, nowMs) : secret };
}

async function sendTestEvent(testable: Testable | undefined): Promise<TestOutcome> {
	if (!testable) return { result: 'notDeployed' };
	const { listener, verification, settings } = testable;
	const nowMs = Date.now();
	const headers = headersFor(verification, nowMs);
	const body = bodyFor(settings);
	const verdict = await listener.verify(
		{ header: (name) => headers[name], query: () => undefined, rawBody: new Uint8Array(), nowMs },
		body,
	);
	if (!verdict.ok) return { result: 'refused', reason: verdict.reason };
	const { leftOut, run } = await listener.take(body);
	if (leftOut !== undefined) return { result: 'leftOut', reason: leftOut };
	run();
	return { result: 'sent' };
}

/**
 * Adds `POST <type>/<id>/test-event` to the admin API: sends an event through the deployed node's own check,
 * filters and flow, as a call of Flow.ai would. The answer never holds a secret.
 */
export function registerTestEvent(red: Red, type: string): void {
	const guard = red.auth.needsPermission(`${type}.write`);
	red.httpAdmin.post(`/${type}/:id/test-event`, guard, (request, response) => {
		const node = red.nodes.getNode(request.params['id'] ?? '');
		sendTestEvent(node ? testables.get(node) : undefined).then(
			(outcome) => response.json(outcome),
			(error: unknown) =>
				response.json({ result: 'failed', reason: error instanceof Error ? error.message : String(error) }),
		);
	});
}
