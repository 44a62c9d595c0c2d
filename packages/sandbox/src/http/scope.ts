import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Mounts routes under a prefix, in a scope of their own. */
export function mount(app: FastifyInstance, prefix: string, routes: (scope: FastifyInstance) => void): void {
	void app.register(
		(scope, _options, done) => {
			routes(scope);
			done();
		},
		{ prefix },
	);
}

/** Checks every request of a scope before its body is read; what `check` throws is answered. */
export function guard(app: FastifyInstance, check: (request: FastifyRequest) => void): void {
	app.addHook('onRequest', (request, _reply, done) => {
		try {
			check(request);
			done();
		} catch (error) {
			done(error instanceof Error ? error : new Error('refused'));
		}
	});
}
