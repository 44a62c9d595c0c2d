import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenToActions, registerActionRoute } from '../../packages/node-red/src/webhook/action-router';
import type { Handler, Red, Request, Response } from '../../packages/node-red/src/runtime/red';

describe('the route of action calls', () => {
	let server: Server;
	let url: string;
	const events = new EventEmitter();
	let handled = 0;
	beforeAll(async () => {
		let route: Handler | undefined;
		registerActionRoute({
			settings: {},
			events,
			httpAdmin: {},
			httpNode: { all: (_path: string, handler: Handler) => (route = handler) },
		} as unknown as Red);
		events.emit('flows:started');
		// As much of Express as the route uses.
		server = createServer((request, plain) => {
			const response = Object.assign(plain, {
				status: (code: number) => Object.assign(plain, { statusCode: code }),
				set: (name: string, value: string) => plain.setHeader(name, value),
				json: (body: unknown) => plain.end(JSON.stringify(body)),
			});
			const parts = { params: { path: (request.url ?? '').slice(1) }, query: {}, originalUrl: request.url };
			route?.(Object.assign(request, parts) as Request, response as unknown as Response, () => undefined);
			handled += 1;
			events.emit('handled');
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		server.closeAllConnections();
		server.close();
		await once(server, 'close');
	});

	const call = async (path: string): Promise<[number, unknown]> => {
		const response = await fetch(`${url}/${path}`, { method: 'POST', body: '{"action":"reserve"}' });
		return [response.status, await response.json()];
	};
	const listen = (path: string): (() => void) | undefined =>
		listenToActions(path, {
			verify: () => Promise.resolve({ ok: true, tokenIndex: 0 }),
			receive: (body, _token, response) => response.status(200).json({ got: body }),
			report: (error) => {
				throw error;
			},
		});

	it('a call that comes during a deploy waits for the node that takes the place of the old one', async () => {
		const stop = listen('steady');
		events.emit('flows:stopping', { type: 'full' });
		stop?.();
		const count = handled;
		const answer = call('steady');
		if (handled === count) await once(events, 'handled');
		const stopAgain = listen('steady');
		events.emit('flows:started');
		expect(await answer).toEqual([200, { got: { action: 'reserve' } }]);
		stopAgain?.();
	});

	it('a call that no node waits for is refused at once while the flows run', async () => {
		expect((await call('nobody'))[0]).toBe(404);
	});
});
