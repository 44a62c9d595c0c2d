import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Sandbox } from '@convoflow/sandbox';
import { closeAll, start } from './helpers';

afterEach(closeAll);

/** Status of a call under a name of choice; fetch does not let one choose it. */
async function statusUnder(
	sandbox: Sandbox,
	host: string,
	path: string,
	origin?: string,
): Promise<number | undefined> {
	const { port } = new URL(sandbox.url);
	const headers = { host: `${host}:${port}`, ...(origin === undefined ? {} : { origin }) };
	const [response] = (await once(request({ port, path, headers }).end(), 'response')) as [IncomingMessage];
	response.resume();
	return response.statusCode;
}

const OWN = ['/', '/console/main.js', '/openapi.json', '/sandbox/api/status'];

it.each(OWN)('%s answers under the names of the own machine only', async (path) => {
	const sandbox = await start();
	expect(await statusUnder(sandbox, '127.0.0.1', path)).toBe(200);
	expect(await statusUnder(sandbox, 'localhost', path)).toBe(200);
	expect(await statusUnder(sandbox, '[::1]', path)).toBe(200);
	expect(await statusUnder(sandbox, 'rebound.example.com', path)).toBe(403);
});

it('refuses pages of other sites, and those without a site', async () => {
	const sandbox = await start();
	const path = '/sandbox/api/status';
	expect(await statusUnder(sandbox, '127.0.0.1', path, sandbox.url)).toBe(200);
	expect(await statusUnder(sandbox, '127.0.0.1', path, 'https://evil.example.com')).toBe(403);
	expect(await statusUnder(sandbox, '127.0.0.1', path, 'null')).toBe(403);
});

it('tells the console nothing under a foreign name', async () => {
	const sandbox = await start();
	const url = `${sandbox.url.replace('http', 'ws')}/sandbox/live`;
	const ws = new WebSocket(url, { headers: { host: 'rebound.example.com' } });
	const [error] = (await once(ws, 'error')) as [Error];
	expect(error.message).toContain('403');
});

it('takes any name when it listens beyond its machine, as it was asked to', async () => {
	const sandbox = await start({ host: '0.0.0.0' });
	expect(await statusUnder(sandbox, 'build-7.example.com', '/sandbox/api/status')).toBe(200);
});

it('leaves the services to any name: they ask for a key', async () => {
	const sandbox = await start();
	expect(await statusUnder(sandbox, 'host.docker.internal', '/flowxo/api/conversations')).toBe(401);
});
