import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock';
import type { Faults } from './registry';
import { isHttpAction, type HttpAction, type ListAction, type Surface } from './types';

declare module 'fastify' {
	interface FastifyRequest {
		/** The HTTP fault that strikes this request. */
		fault: HttpAction | null;
		/** The list faults that strike this request. */
		listFaults: ListAction[];
	}
	interface FastifyContextConfig {
		surface?: Surface;
	}
}

const HTML =
	'<!doctype html><html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>';

/** Decorations that faults need on every request. */
export function decorateForFaults(app: FastifyInstance): void {
	app.decorateRequest('fault', null);
	// A getter would be shared by all requests; the hook below sets the list anew each time.
	app.decorateRequest('listFaults');
}

/** Lets the faults of `surfaceOf(path)` strike the requests of this fastify scope. */
export function faultHooks(
	app: FastifyInstance,
	faults: Faults,
	clock: Clock,
	surfaceOf: (path: string) => Surface,
): void {
	const strike = async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
		const path = request.url.split('?')[0] ?? '';
		const occasion = { surface: surfaceOf(path), method: request.method, path };
		const wanted = (type: string): boolean => type === 'latency' || type === 'list';
		const taken = faults.take(occasion, (action) => isHttpAction(action) || wanted(action.type));
		for (const action of taken) {
			if (action.type === 'latency') {
				await clock.sleepReal(action.ms + Math.random() * (action.jitterMs ?? 0));
			} else if (action.type === 'list') {
				request.listFaults.push(action);
			} else if (isHttpAction(action)) {
				request.fault = action;
			}
		}
		return request.fault !== null && strikeBefore(request, reply, request.fault);
	};
	app.addHook('onRequest', (request, reply, done) => {
		request.listFaults = [];
		if (faults.none) return done();
		strike(request, reply).then((answered) => answered || done(), done);
	});
	app.addHook('onSend', (request, reply, payload, done) => {
		done(null, strikeAfter(request, reply, payload, clock));
	});
}

/** Faults that keep the request from being worked on; false when it goes on. */
function strikeBefore(request: FastifyRequest, reply: FastifyReply, fault: HttpAction): boolean {
	if ('applied' in fault && fault.applied === true) return false;
	switch (fault.type) {
		case 'reset':
			if (fault.when === 'after') return false;
			request.raw.socket.resetAndDestroy();
			reply.hijack();
			return true;
		case 'hang':
			reply.hijack();
			return true;
		case 'status':
		case 'html':
		case 'body':
		case 'redirect':
			// onSend writes the wrong answer.
			reply.send('');
			return true;
		default:
			return false;
	}
}

/** Faults that change the answer. */
function strikeAfter(request: FastifyRequest, reply: FastifyReply, payload: unknown, clock: Clock): unknown {
	const fault = request.fault;
	if (!fault) return payload;
	switch (fault.type) {
		case 'status': {
			if (fault.retryAfter !== undefined) reply.header('retry-after', String(fault.retryAfter));
			reply.headers(fault.headers ?? {});
			const body = fault.body ?? { status: 'error', message: `Fault: ${fault.status}` };
			return replace(reply, fault.status, fault.contentType ?? 'application/json', body);
		}
		case 'html':
			return replace(reply, fault.status ?? 200, 'text/html; charset=utf-8', HTML);
		case 'body':
			return replace(reply, fault.status ?? 200, fault.contentType ?? 'application/json', fault.body);
		case 'redirect':
			reply.header('location', fault.location);
			return replace(reply, fault.status ?? 302, 'text/plain', '');
		case 'reset':
			request.raw.socket.resetAndDestroy();
			return payload;
		case 'truncate':
		case 'stall':
		case 'drip': {
			const body = toBuffer(payload);
			reply.header('content-length', body.length);
			return Readable.from(slowly(body, fault, request, clock));
		}
		case 'hang':
			return payload;
	}
}

function replace(reply: FastifyReply, status: number, type: string, body: unknown): string {
	reply.code(status).header('content-type', type).removeHeader('content-length');
	return typeof body === 'string' ? body : JSON.stringify(body);
}

function toBuffer(payload: unknown): Buffer {
	if (Buffer.isBuffer(payload)) return payload;
	return Buffer.from(typeof payload === 'string' ? payload : '{}');
}

async function* slowly(
	body: Buffer,
	fault: HttpAction & { type: 'truncate' | 'stall' | 'drip' },
	request: FastifyRequest,
	clock: Clock,
): AsyncGenerator<Buffer> {
	if (fault.type === 'drip') {
		const size = fault.bytes ?? 8;
		for (let at = 0; at < body.length; at += size) {
			yield body.subarray(at, at + size);
			await clock.sleepReal(fault.everyMs);
		}
		return;
	}
	yield body.subarray(0, Math.floor(body.length / 2));
	if (fault.type === 'truncate') request.raw.socket.destroy();
	await new Promise<never>(() => undefined);
}
