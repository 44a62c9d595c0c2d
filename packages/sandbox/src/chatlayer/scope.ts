import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context';
import { sameText } from '../flowai/rest/scope';
import { badRequest, describeError, reportFault, notFound, unauthorized } from '../http/errors';
import { text, parseTime } from '../http/params';
import { BOT_ID, TEAM_ID } from './activity';
import { BUCKETS, type Bucket } from './series';

/** gRPC codes of the usual JSON gateway (Chatlayer reference §8). */
const CODES: Record<number, number> = { 400: 3, 401: 16, 403: 7, 404: 5, 409: 6, 429: 8, 500: 13, 503: 14 };

/** Error bodies `{ code, message, details }`; the real ones are undocumented (Chatlayer reference §8). */
export function chatlayerErrors(app: FastifyInstance): void {
	app.setErrorHandler((error, _request, reply) => {
		const { status, message } = describeError(error);
		if (status >= 500) reportFault(error);
		return reply.code(status).send({ code: CODES[status] ?? 2, message, details: [] });
	});
	app.setNotFoundHandler((_request, reply) =>
		reply.code(404).send({ code: 5, message: 'Not Found', details: [] }),
	);
}

/** HTTP Basic with token id and secret on every call (Chatlayer reference §2). */
export function checkBasic(request: FastifyRequest, context: Context): void {
	const encoded = /^basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (encoded === undefined) throw unauthorized('Send token id and token secret as HTTP Basic');
	const pair = Buffer.from(encoded, 'base64').toString('utf8');
	const expected = `${context.keys.chatlayerTokenId}:${context.keys.chatlayerTokenSecret}`;
	if (!sameText(pair, expected)) throw unauthorized('The access token is not valid');
}

export function botOf(request: FastifyRequest): string {
	const id = (request.params as { bot_id: string }).bot_id;
	if (id !== BOT_ID) throw notFound(`There is no bot ${id}`);
	return id;
}

export function teamOf(request: FastifyRequest): string {
	const id = (request.params as { team_id: string }).team_id;
	if (id !== TEAM_ID) throw notFound(`There is no team ${id}`);
	return id;
}

/** A required text parameter. */
export function need(source: unknown, name: string): string {
	const value = text(source, name);
	if (value === undefined) throw badRequest(`${name} is required`);
	return value;
}

/** `start_time` and `end_time`, both required. */
export function rangeOf(source: unknown): { start: number; end: number } {
	const start = parseTime(need(source, 'start_time'), 'start_time');
	const end = parseTime(need(source, 'end_time'), 'end_time');
	if (!(start < end)) throw badRequest('start_time must be before end_time');
	return { start, end };
}

/** `version`: `DRAFT` or `LIVE` (Chatlayer reference §3). */
export function versionOf(source: unknown): 'DRAFT' | 'LIVE' {
	const version = need(source, 'version');
	if (version !== 'DRAFT' && version !== 'LIVE') throw badRequest('version must be DRAFT or LIVE');
	return version;
}

/** `bucket`, one of the allowed. */
export function bucketFrom(source: unknown, allowed: readonly Bucket[]): Bucket | undefined {
	const value = text(source, 'bucket');
	if (value === undefined) return undefined;
	if (!(value in BUCKETS) || !allowed.includes(value as Bucket)) {
		throw badRequest(`bucket must be one of ${allowed.join(', ')}`);
	}
	return value as Bucket;
}
