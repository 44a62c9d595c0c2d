import { fastify, type FastifyInstance } from 'fastify';
import multipart from '@fastify/multipart';
import type { Context } from '../context';
import { decorateForFaults } from '../faults/http';
import { asObject, parseJson } from '../json';
import { badRequest } from './errors';
import { authForm } from './log';

/** A fastify server that takes what the references say callers send. */
export function createApp(): FastifyInstance {
	const app = fastify({
		logger: false,
		forceCloseConnections: true,
		bodyLimit: 1024 * 1024,
		// Ids may be long, and half of the samples have a slash before the question mark.
		routerOptions: { maxParamLength: 2_000, ignoreTrailingSlash: true },
	});
	app.removeContentTypeParser(['application/json', 'text/plain']);
	app.addContentTypeParser(
		/^(application\/(.+\+)?json|text\/plain)\b/,
		{ parseAs: 'string' },
		(request, body, done) => {
			// An empty body is none, and one on DELETE is not looked at (Flow.ai reference §9).
			if (body === '' || request.method === 'DELETE') return done(null, undefined);
			const parsed = parseJson(String(body));
			return parsed.ok ? done(null, parsed.value) : done(badRequest('The body is not JSON'), undefined);
		},
	);
	void app.register(multipart, { throwFileSizeLimit: false });
	decorateForFaults(app);
	return app;
}

/** Writes every request of this fastify scope into the request log. */
export function logHooks(app: FastifyInstance, context: Context, surfaceOf: (path: string) => string): void {
	app.addHook('onRequest', (request, reply, done) => {
		const at = context.clock.now();
		// Also comes when the connection breaks before the answer is complete; that is logged as status 0.
		reply.raw.once('close', () => {
			const path = request.url.split('?')[0] ?? '';
			const body = context.redactor.body(request.body);
			const contentType = request.headers['content-type'];
			context.requests.add({
				at: new Date(at).toISOString(),
				surface: surfaceOf(path),
				method: request.method,
				path: context.redactor.text(path),
				query: asObject(context.redactor.value(request.query)),
				auth: authForm(request.headers.authorization),
				...(contentType !== undefined ? { contentType } : {}),
				...(body !== undefined ? { body } : {}),
				status: reply.raw.writableFinished ? reply.raw.statusCode : 0,
				ms: context.clock.now() - at,
			});
		});
		done();
	});
}
