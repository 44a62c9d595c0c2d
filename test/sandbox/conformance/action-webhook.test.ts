import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asker, holding, leavesNothingOut, text, useSandbox } from './harness';

const sandbox = useSandbox();
const control = asker(
	() => `${sandbox().url}/sandbox/api`,
	() => '',
);
const called: unknown[] = [];
let server: Server;
let target: { url: string; verifyToken: string; action: string };

/** Answers as Flow.ai reference §8 shows it. */
const ANSWER = {
	verifyToken: 'vt-made-up',
	messages: [{ fallback: 'Booked', responses: [{ type: 'text', payload: { text: 'Booked' } }] }],
	params: { reservation: [{ value: 'r-77' }] },
};

beforeAll(async () => {
	server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			called.push(JSON.parse(body));
			response.end(JSON.stringify(ANSWER));
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	target = { url: `http://127.0.0.1:${port}/action`, verifyToken: 'vt-made-up', action: 'reserve' };
});
afterAll(() => server.close());

const said = async (): Promise<unknown> =>
	((await control('GET /threads/t-101')).answer as { thread: { last: string } }).thread.last;

it('a step of a flow calls the address and says what is answered (Flow.ai reference §8)', async () => {
	const call = { ...target, threadId: 't-101', query: 'Book it', params: { day: [{ value: '2020-05-01' }] } };
	expect((await control('POST /action-webhook/calls', call)).answer).toEqual({ status: 200, taken: true });
	const user = { userId: text, name: 'Jon Berg', role: 'external', profile: expect.any(Object) as unknown };
	expect(called[0]).toEqual({
		type: 'action',
		verifyToken: 'vt-made-up',
		threadId: 't-101',
		channelName: text,
		query: 'Book it',
		action: 'reserve',
		params: { day: [{ value: '2020-05-01' }] },
		replyUrl: expect.stringMatching(/^http:/) as string,
		originator: holding({ ...user, actorId: text }),
		user,
	});
	expect(await said()).toBe('Booked');
});

it('an answer may come later, under the address that was given (Flow.ai reference §8)', async () => {
	const { replyUrl } = called[0] as { replyUrl: string };
	const later = asker(
		() => replyUrl,
		() => '',
	);
	const messages = [{ fallback: 'Later', responses: [{ type: 'text', payload: { text: 'Later' } }] }];
	expect(await later('POST ', { verifyToken: 'wrong', messages })).toMatchObject({ status: 401 });
	expect(await said()).toBe('Booked');
	expect(await later('POST ', { verifyToken: 'vt-made-up', messages })).toMatchObject({ status: 200 });
	expect(await said()).toBe('Later');
});

leavesNothingOut('Flow.ai action webhook');
