import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject, ThreadLease } from '@convoflow/client';
import { entry, PATIENT_MS, said, StreamBench, until, type OpenSocket } from './bench';
import { StreamServer } from './server';

/** Cases of what comes over a socket and what is sent over it, over real sockets. */
export function messageCases(open: OpenSocket): void {
	let server: StreamServer;
	let bench: StreamBench;
	beforeEach(async () => {
		server = await StreamServer.start();
		bench = new StreamBench(server.url, open);
	});
	afterEach(async () => {
		await bench.close();
		await server.close();
	});
	const back = async (): Promise<void> => {
		const count = server.accepted.length;
		server.cut();
		await until(() => server.accepted.length > count && bench.stream.status.state === 'connected');
	};

	it('the origin and the other headers of the upgrade arrive', async () => {
		await bench.close();
		bench = new StreamBench(server.url, open, { origin: 'https://www.example.com' });
		await bench.stream.start();
		expect(server.last.headers.origin).toBe('https://www.example.com');
	});

	it('WS-21 frames that cannot be read are left out, unknown ones are handed on, the connection stays', async () => {
		await bench.stream.start();
		const { socket } = server.last;
		socket.send('{"type":');
		socket.send(Buffer.from([1, 2, 3]), { binary: true });
		server.send({ type: 'brand.new', payload: { threadId: 't-1' } });
		server.send(said('next'));
		await until(() => bench.texts.length === 1);
		expect(bench.events.map(({ kind }) => kind)).toEqual(['other', 'message']);
		expect(server.accepted).toHaveLength(1);
		expect(bench.logs.filter(({ level }) => level === 'warn')).toHaveLength(2);
	});

	it('WS-21 a frame that is nested deeper than any stack ends nothing, and what comes after it is read', async () => {
		await bench.stream.start();
		bench.stream.listen();
		const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
		const message = `{"fallback":"deep","responses":${deep}}`;
		server.last.socket.send(
			`{"type":"message.received","payload":{"threadId":"t-1","messages":[${message}]}}`,
		);
		server.send(said('next'));
		await until(() => bench.texts.includes('next'));
		expect(bench.texts).toEqual(['deep', 'next']);
		expect(server.accepted).toHaveLength(1);
	});

	it('WS-22 a huge frame is not read, which is said, and what comes after it is', async () => {
		await bench.stream.start();
		// Text and fallback together are longer than what is read.
		server.send(said('x'.repeat(5 * 1024 ** 2)));
		server.send(said('small'));
		await until(() => bench.texts.length > 0);
		expect(bench.texts).toEqual(['small']);
		expect(bench.logs).toContainEqual({
			level: 'warn',
			message: 'A frame of the stream could not be read and was left out',
		});
	});

	it('WS-23 a handler that throws is reported, and the next frames come in order', async () => {
		await bench.close();
		const texts: unknown[] = [];
		bench = new StreamBench(server.url, open, {
			onEvent: (_kind, { text }) => {
				texts.push(text);
				if (text === 'first') throw new Error('made to fail');
			},
		});
		await bench.stream.start();
		for (const text of ['first', 'second', 'third']) server.send(said(text));
		await until(() => texts.length === 3);
		expect(texts).toEqual(['first', 'second', 'third']);
		expect(bench.logs).toContainEqual({
			level: 'error',
			message: expect.stringContaining('made to fail') as string,
		});
	});

	/** The same thread, used for sending. */
	const lease = async (): Promise<ThreadLease> => {
		const made = bench.client.threads.acquire('t-1');
		await made.connected({ withinMs: PATIENT_MS });
		return made;
	};
	const sends = (): JsonObject[] =>
		server.accepted
			.flatMap(({ frames }) => frames.map(({ frame }) => frame))
			.filter(({ type }) => type === 'message.send');

	it('WS-24 while the connection is down a message waits for it, or is refused, as chosen', async () => {
		const user = await lease();
		server.infos.push({ status: 503 }, { status: 503 });
		server.cut();
		await until(() => user.status.state === 'waiting');
		const refused = user.sendMessage({ traceId: 1, speech: 'now' }, { whileDown: 'refuse' });
		await expect(refused).rejects.toMatchObject({ code: 'FLOWAI_STREAM_UNAVAILABLE' });
		const waiting = user.sendMessage(
			{ traceId: 2, speech: 'later' },
			{ connectWithinMs: PATIENT_MS, deliverWithinMs: PATIENT_MS },
		);
		await until(() => sends().length === 1);
		server.send({ type: 'message.delivered', payload: { threadId: 't-1', traceId: 2 } });
		expect(await waiting).toMatchObject({ traceId: 2 });
		user.release();
	});

	it('WS-25 a connection lost after a send leaves its outcome open, and nothing is sent again', async () => {
		const user = await lease();
		const sent = user.sendMessage({ traceId: 0, speech: 'Hello' }, { deliverWithinMs: PATIENT_MS });
		const outcome = sent.catch((error: unknown) => error);
		await until(() => sends().length === 1);
		server.cut();
		expect(await outcome).toMatchObject({ code: 'CONVOFLOW_OUTCOME_UNKNOWN', traceId: 0 });
		await user.connected({ withinMs: PATIENT_MS });
		server.send({ type: 'message.delivered', payload: { threadId: 't-1', traceId: 0 } });
		await sleep(100);
		expect(sends()).toHaveLength(1);
		user.release();
	});

	it('WS-25 an error frame belongs to the only message that waits, and to none of several', async () => {
		const user = await lease();
		const send = (traceId: number): Promise<unknown> =>
			user.sendMessage({ traceId, speech: 'Hello' }, { deliverWithinMs: PATIENT_MS });
		const [one, two] = [send(1), send(2)];
		await until(() => sends().length === 2);
		server.send({ type: 'error', message: 'Whose?' });
		server.send({ type: 'message.delivered', payload: { threadId: 't-1', traceId: 1 } });
		await one;
		server.send({ type: 'error', message: 'Yours' });
		await expect(two).rejects.toMatchObject({ code: 'FLOWAI_REJECTED' });
		user.release();
	});

	it('WS-26 what was said while it was down comes from the history, once and in order', async () => {
		await bench.stream.start();
		bench.stream.listen();
		server.send(said('one', { id: 'm-1' }));
		await until(() => bench.texts.length === 1);
		server.history = ['one', 'two', 'three'].map((text, index) => entry(text, `m-${index + 1}`));
		await back();
		server.send(said('four', { id: 'm-4' }));
		await until(() => bench.texts.length === 4);
		expect(bench.texts).toEqual(['one', 'two', 'three', 'four']);
		expect(bench.events.map(({ output }) => output['recovered'])).toEqual([false, true, true, false]);
	});

	it('WS-26 a history that fails does not end the connection', async () => {
		await bench.stream.start();
		bench.stream.listen();
		server.send(said('one', { id: 'm-1' }));
		await until(() => bench.texts.length === 1);
		server.history = 404;
		await back();
		await until(() => bench.events.some(({ kind }) => kind === 'gap'));
		server.send(said('next', { id: 'm-2' }));
		await until(() => bench.texts.length === 2);
		expect([bench.texts, server.accepted.length]).toEqual([['one', 'next'], 2]);
	});

	it('WS-27 a frame of another thread is not delivered', async () => {
		await bench.stream.start();
		server.send(said('not ours', { threadId: 't-2' }));
		server.send(said('ours'));
		await until(() => bench.texts.length > 0);
		expect(bench.texts).toEqual(['ours']);
	});

	it('WS-28 what the history no longer holds is announced as a gap with thread and time', async () => {
		await bench.stream.start();
		bench.stream.listen();
		server.send(said('one', { id: 'm-1' }));
		await until(() => bench.texts.length === 1);
		server.history = Array.from({ length: 20 }, (_, index) => entry(`late ${index}`, `m-${index + 50}`));
		await back();
		await until(() => bench.texts.length === 21);
		const gaps = bench.events.filter(({ kind }) => kind === 'gap');
		expect(gaps).toHaveLength(1);
		const { threadId, from, to } = (gaps[0]?.output ?? {}) as Record<string, string>;
		expect([threadId, Date.parse(from ?? '') <= Date.parse(to ?? '')]).toEqual(['t-1', true]);
		expect(bench.events.map(({ kind }) => kind).slice(0, 3)).toEqual(['message', 'gap', 'message']);
	});
}
