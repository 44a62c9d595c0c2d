import { createServer, type AddressInfo } from 'node:net';

function portOf(wanted: number): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(wanted, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}

/** The wanted port when it is free, otherwise any free one. */
export function freePort(wanted = 0): Promise<number> {
	return portOf(wanted).catch(() => portOf(0));
}
