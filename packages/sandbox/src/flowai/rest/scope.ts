import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { describeError, reportFault, unauthorized } from '../../http/errors';
import type { SandboxSettings } from '../../options';

/** Compares without telling by the time taken how much was right. */
export function sameText(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Checks the key of a REST call in the accepted form (Flow.ai reference §1).
 * @throws HttpError 401
 */
export function checkRestKey(
	header: string | undefined,
	key: string,
	form: SandboxSettings['authForm'],
): void {
	if (!header) throw unauthorized('The Authorization header is missing');
	const bearer = /^bearer\s+(.*)$/i.exec(header)?.[1];
	if (bearer !== undefined && form === 'bare') throw unauthorized('Send the bare key, without Bearer');
	if (bearer === undefined && form === 'bearer') throw unauthorized('Send the key as Bearer');
	if (!sameText(bearer ?? header, key)) throw unauthorized('The API key is not valid');
}

/** Error bodies of Flow.ai; the real ones are undocumented, JSON is promised (Flow.ai reference §1, §2.6). */
export function flowAiErrors(app: FastifyInstance): void {
	app.setErrorHandler((error, _request: FastifyRequest, reply: FastifyReply) => {
		const { status, message } = describeError(error);
		if (status >= 500) reportFault(error);
		return reply.code(status).send({ status: 'error', message });
	});
}

/** Answers calls that do not exist; only one scope of a prefix may. */
export function flowAiNotFound(app: FastifyInstance): void {
	app.setNotFoundHandler((request, reply) => {
		const message = `No such call: ${request.method} ${request.url.split('?')[0]}`;
		return reply.code(404).send({ status: 'error', message });
	});
}

/** Whether the result is wanted in the answer: only the literal `true` counts (Flow.ai reference §2.1). */
export function isTrue(query: unknown, name: string): boolean {
	return (query as Record<string, unknown>)[name] === 'true';
}

/** The thread id of the path. */
export function threadIdOf(request: FastifyRequest): string {
	return (request.params as { threadId: string }).threadId;
}
