import type { Context } from '../../context';
import { describeError } from '../../http/errors';
import { asObject, asString, isObject, parseJson, type JsonObject } from '../../json';
import { readSocketMessage } from '../read-message';
import { sameText } from '../rest/scope';
import type { FlowAiWorld } from '../world';
import type { Connection } from './connection';

/** Frames that are taken and need no answer (Flow.ai reference §5.3). */
const SILENT = new Set(['activity.user.typing', 'log']);

/** Reads one frame of a client and does what it says. Whatever comes, the connection stays open. */
export function handleFrame(
	context: Context,
	world: FlowAiWorld,
	connection: Connection,
	data: string | null,
): void {
	connection.heard();
	const parsed = data === null ? ({ ok: false } as const) : parseJson(data);
	const frame = parsed.ok && isObject(parsed.value) ? parsed.value : null;
	const type = frame ? asString(frame['type']) : undefined;
	// A fault can cut the connection or swallow the frame at this moment.
	const actions = connection.faultsAt('in', type);
	if (actions.some((action) => action.type === 'drop' || action.type === 'cut')) return;
	if (!frame || type === undefined) {
		connection.error('Frame could not be read');
		return;
	}
	const payload = asObject(frame['payload']);
	if (type === 'ping') connection.send({ type: 'pong' });
	else if (type === 'message.send') send(context, world, connection, payload);
	else if (type === 'thread.noticed') notice(world, payload);
	else if (!SILENT.has(type)) connection.error(`Unknown frame type ${type.slice(0, 60)}`);
}

function send(context: Context, world: FlowAiWorld, connection: Connection, payload: JsonObject): void {
	try {
		const { threadId, message } = readSocketMessage(payload);
		const existed = world.threads.find(threadId) !== undefined;
		const thread = world.threads.open(threadId, 'socket', message.originator);
		if (context.settings.nonce) {
			if (thread.secret === undefined) {
				thread.secret = context.ids.next('n');
				connection.send({ type: 'secret.generated', message: { secret: thread.secret } });
			} else if (existed && !sameText(asString(payload['nonce']) ?? '', thread.secret)) {
				connection.error('The nonce of this thread is missing or wrong');
				return;
			}
		}
		connection.name(threadId);
		const echo = { ...payload };
		delete echo['nonce'];
		connection.send({ type: 'message.delivered', payload: echo });
		void world.send(thread, message, { from: connection });
	} catch (error) {
		connection.error(describeError(error).message);
	}
}

function notice(world: FlowAiWorld, payload: JsonObject): void {
	const thread = world.threads.find(asString(payload['threadId']) ?? '');
	if (thread) thread.unnoticed = false;
}
