import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';

const TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.svg': 'image/svg+xml',
};
/** Nothing is loaded from elsewhere: pictures of messages at other addresses are shown as links. */
const POLICY =
	"default-src 'self'; img-src 'self' data:; connect-src 'self' ws:; style-src 'self'; frame-ancestors 'none'";

/** The web console: plain files beside this one, read once. */
export function consoleRoutes(app: FastifyInstance): void {
	const folder = path.join(__dirname, '../console');
	if (!existsSync(folder)) return;
	for (const name of readdirSync(folder)) {
		const type = TYPES[path.extname(name)];
		if (type === undefined) continue;
		const bytes = readFileSync(path.join(folder, name));
		const url = name === 'index.html' ? '/' : `/console/${name}`;
		app.get(url, (_request, reply) =>
			reply
				.header('content-type', type)
				.header('cache-control', 'no-cache')
				.header('content-security-policy', POLICY)
				.header('x-content-type-options', 'nosniff')
				.send(bytes),
		);
	}
}
