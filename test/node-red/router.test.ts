import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonValue } from '@convoflow/client';
import {
	listen,
	registerWebhookRoute,
	type WebhookListener,
} from '../../packages/node-red/src/webhook/router';
import type { Handler, Red, Request, Response } from '../../packages/node-red/src/runtime/red';

/** A listener that writes down what it gets and what is reported to it. */
function listener(
	more: Partial<WebhookListener> = {},
): WebhookListener & { seen: unknown[]; reported: unknown[] } {
	const seen: unknown[] = [];
	const reported: unknown[] = [];
	return {
		seen,
		reported,
		verify: () => Promise.resolve({ ok: true }),
		receive: (body: JsonValue) => void seen.push(body),
		report: (error) => void reported.push(error),
		...more,
	};
}

describe('the route of all webhooks', () => {
	let server: Server;
	let url: string;
	const rejections: unknown[] = [];
	const onRejection = (reason: unknown): void => void rejections.push(reason);
	beforeAll(async () => {
		let route: Handler | undefined;
		const red = {
			settings: {},
			httpAdmin: {},
			httpNode: { all: (_path: string, handler: Handler) => (route = handler) },
		} as unknown as Red;
		registerWebhookRoute(red);
		process.on('unhandledRejection', onRejection);
		// As much of Express as the route uses.
		server = createServer((request, plain) => {
			const [path = ''] = (request.url ?? '').split('?');
			const response = Object.assign(plain, {
				status: (code: number) => Object.assign(plain, { statusCode: code }),
				set: (name: string, value: string) => plain.setHeader(name, value),
				json: (body: unknown) =>
					plain.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
			});
			const parts = { params: { path: path.slice(1) }, query: {}, originalUrl: request.url };
			route?.(Object.assign(request, parts) as Request, response as unknown as Response, () => undefined);
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		process.off('unhandledRejection', onRejection);
		server.closeAllConnections();
		server.close();
		await once(server, 'close');
	});

	const post = async (path: string): Promise<number> =>
		(await fetch(`${url}/${path}`, { method: 'POST', body: '{"type":"message"}' })).status;

	it('a node that fails keeps the event from no other, and is told why', async () => {
		const fault = new Error('no room');
		const failing = listener({
			receive: () => {
				throw fault;
			},
		});
		const good = listener();
		const stops = [listen('shared', failing), listen('shared', good)];
		expect(await post('shared')).toBe(200);
		expect(good.seen).toEqual([{ type: 'message' }]);
		expect(failing.reported).toEqual([fault]);
		expect(rejections).toEqual([]);
		stops.forEach((stop) => stop());
	});

	it('a check that fails accepts nothing and refuses for no other', async () => {
		const fault = new Error('no crypto');
		const failing = listener({ verify: () => Promise.reject(fault) });
		const stopFailing = listen('checked', failing);
		expect(await post('checked')).toBe(401);
		const good = listener();
		const stopGood = listen('checked', good);
		expect(await post('checked')).toBe(200);
		expect([failing.seen, good.seen]).toEqual([[], [{ type: 'message' }]]);
		expect(failing.reported).toEqual([fault, fault]);
		stopFailing();
		stopGood();
	});

	it('a fault after the answer is no second answer and no unhandled rejection', async () => {
		const stop = listen(
			'late',
			listener({
				receive: () => {
					throw new Error('first');
				},
				report: () => {
					throw new Error('second');
				},
			}),
		);
		expect(await post('late')).toBe(200);
		await new Promise(setImmediate);
		expect(rejections).toEqual([]);
		stop();
	});
});
