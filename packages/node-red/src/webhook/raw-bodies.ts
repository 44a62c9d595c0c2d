import type { IncomingMessage } from 'node:http';
import type { Red } from '../runtime/red';

const bodies = new WeakMap<IncomingMessage, Buffer[]>();
const kept = new WeakMap<object, Set<string>>();

/** Notes the bytes of a request as whoever reads them is handed them. */
function note(request: IncomingMessage): void {
	const chunks: Buffer[] = [];
	bodies.set(request, chunks);
	const emit = request.emit.bind(request);
	request.emit = (event: string | symbol, ...values: unknown[]): boolean => {
		if (event === 'data' && Buffer.isBuffer(values[0])) chunks.push(values[0]);
		return emit(event, ...values);
	};
}

/**
 * Keeps the bytes of calls to a route, over which a signature is made. Where the editor and the nodes share a
 * root, which is the default, the editor's parser reads a body before any route that a node can add.
 */
export function keepRawBodies({ server }: Red, route: string): void {
	if (!server) return;
	const routes = kept.get(server) ?? new Set();
	kept.set(server, routes.add(route));
	if (routes.size > 1) return;
	server.prependListener('request', (request) => {
		const [path = ''] = (request.url ?? '').split('?');
		if (request.method === 'POST' && [...routes].some((one) => path.includes(`${one}/`))) note(request);
	});
}

/** The bytes of a call that somebody else has read; none where they were not kept. */
export function rawBodyOf(request: IncomingMessage): Uint8Array {
	return Buffer.concat(bodies.get(request) ?? []);
}
