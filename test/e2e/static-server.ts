import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html',
	'.css': 'text/css',
	'.js': 'text/javascript',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.json': 'application/json',
};

/** A folder on a server of its own. */
export interface StaticServer {
	/** Without a slash at the end. */
	readonly url: string;
	stop(): Promise<void>;
}

/** Serves a folder as any web server does. */
export async function serve(folder: string): Promise<StaticServer> {
	const server = createServer((request, response) => {
		const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
		readFile(join(folder, path)).then(
			(content) => {
				response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
				response.end(content);
			},
			() => response.writeHead(404).end(),
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		stop: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
