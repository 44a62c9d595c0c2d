import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonValue } from '@convoflow/client';
import { eventRoute, type EventListener } from '../../packages/node-red/src/webhook/event-route';
import type { Handler, Red, Request, Response } from '../../packages/node-red/src/runtime/red';

/** A listener that writes down what it gets and what is reported to it. */
function listener(
	more: Partial<EventListener> = {},
): EventListener & { seen: unknown[]; undone: unknown[]; reported: unknown[] } {
	const seen: unknown[] = [];
	const undone: unknown[] = [];
	const reported: unknown[] = [];
	return {
		seen,
		undone,
		reported,
		verify: () => Promise.resolve({ ok: true }),
		take: (body: JsonValue) =>
			Promise.resolve({ run: () => void seen.push(body), undo: () => void undone.push(body) }),
		report: (error) => void reported.push(error),
		...more,
	};
}

/** Flows start in turns of their own. */
async function turns(count: number): Promise<void> {
	for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}

function raise(error: Error): never {
	throw error;
}

describe('the route of all webhooks', () => {
	let server: Server;
	let url: string;
	const events = new EventEmitter();
	const rejections: unknown[] = [];
	const onRejection = (reason: unknown): void => void rejections.push(reason);
	beforeAll(async () => {
		let route: Handler | undefined;
		const red = {
			settings: {},
			events,
			httpAdmin: {},
			httpNode: { all: (_path: string, handler: Handler) => (route = handler) },
		} as unknown as Red;
		eventRoute.register(red);
		events.emit('flows:started');
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
			take: () => Promise.resolve({ run: () => raise(fault), undo: () => undefined }),
		});
		const good = listener();
		const stops = [eventRoute.listen('shared', failing), eventRoute.listen('shared', good)];
		expect(await post('shared')).toBe(200);
		await turns(4);
		expect(good.seen).toEqual([{ type: 'message' }]);
		expect(failing.reported).toEqual([fault]);
		expect(rejections).toEqual([]);
		stops.forEach((stop) => stop());
	});

	it('a check that fails accepts nothing and refuses for no other', async () => {
		const fault = new Error('no crypto');
		const failing = listener({ verify: () => Promise.reject(fault) });
		const stopFailing = eventRoute.listen('checked', failing);
		expect(await post('checked')).toBe(401);
		const good = listener();
		const stopGood = eventRoute.listen('checked', good);
		expect(await post('checked')).toBe(200);
		await turns(2);
		expect([failing.seen, good.seen]).toEqual([[], [{ type: 'message' }]]);
		expect(failing.reported).toEqual([fault, fault]);
		stopFailing();
		stopGood();
	});

	it('a fault after the answer is no second answer and no unhandled rejection', async () => {
		const stop = eventRoute.listen(
			'late',
			listener({
				take: () => Promise.resolve({ run: () => raise(new Error('first')), undo: () => undefined }),
				report: () => raise(new Error('second')),
			}),
		);
		expect(await post('late')).toBe(200);
		await turns(2);
		expect(rejections).toEqual([]);
		stop();
	});

	it('what one node cannot keep is kept by none, and asked for again', async () => {
		const good = listener();
		const full = listener({ take: () => Promise.reject(new Error('disk full')) });
		const stops = [eventRoute.listen('full', good), eventRoute.listen('full', full)];
		const answer = await fetch(`${url}/full`, { method: 'POST', body: '{"type":"message"}' });
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
		expect([good.seen, good.undone]).toEqual([[], [{ type: 'message' }]]);
		stops.forEach((stop) => stop());
	});

	it('a call that comes during a deploy waits for it and finds the new node', async () => {
		const before = listener();
		const after = listener();
		const stop = eventRoute.listen('deployed', before);
		events.emit('flows:stopping');
		stop();
		const status = post('deployed');
		const stopAfter = eventRoute.listen('deployed', after);
		expect(after.seen).toEqual([]);
		events.emit('flows:started');
		expect(await status).toBe(200);
		await turns(2);
		expect([before.seen, after.seen]).toEqual([[], [{ type: 'message' }]]);
		stopAfter();
	});
});
