import { filterEvent, parseEvent, PausedThreads, type EventFilter, type JsonObject } from '@convoflow/client';

const event = (body: JsonObject) => parseEvent(body, () => 'unique');
const message = (more: JsonObject = {}) =>
	event({ type: 'message', threadId: 't-1', messages: [{ fallback: 'Hi' }], ...more });
const nobody = (): boolean => false;
const passes = (
	read: ReturnType<typeof event>,
	filter: Partial<EventFilter>,
	isPaused: (threadId: string) => boolean = nobody,
): boolean =>
	filterEvent(read, { events: ['message', 'inbound', 'paused'], ...filter }, isPaused) === undefined;

it('only chosen kinds and the thread asked for', () => {
	expect(passes(message(), {})).toBe(true);
	expect(passes(event({ type: 'takeover', threadId: 't-1' }), {})).toBe(false);
	expect(passes(message(), { threadId: 't-1' })).toBe(true);
	expect(passes(message(), { threadId: 't-2' })).toBe(false);
	expect(passes(event({ type: 'paused' }), { threadId: 't-2' })).toBe(false);
});

it.each([
	[{ originator: { role: 'bot' } }, 'bot'],
	[{ originator: { role: 'external' } }, 'user'],
	[{ originator: { role: 'user' } }, 'user'],
	[{ originator: { role: 'moderator' } }, 'moderator'],
	[{}, 'bot'],
	[{ type: 'inbound' }, 'user'],
] as const)('a message with %j is from the %s', (more, author) => {
	for (const from of ['bot', 'user', 'moderator'])
		expect([from, passes(message(more), { from })]).toEqual([from, from === author]);
	expect(passes(message(more), { from: 'any' })).toBe(true);
});

it('silent messages are included, left out, or asked for', () => {
	const silent = message({ messages: [{ fallback: 'Hi', silent: true }] });
	expect(['with', 'without', 'only'].map((one) => passes(silent, { silent: one }))).toEqual([
		true,
		false,
		true,
	]);
	expect(['with', 'without', 'only'].map((one) => passes(message(), { silent: one }))).toEqual([
		true,
		true,
		false,
	]);
});

it('who wrote and how concerns messages only', () => {
	expect(passes(event({ type: 'paused', threadId: 't-1' }), { from: 'user', silent: 'only' })).toBe(true);
});

it('messages while the bot is paused, as pause and resume, in either vocabulary, have told', () => {
	const paused = new PausedThreads();
	const isPaused = (thread: string): boolean => paused.has(thread);
	const filter = { whilePaused: true };
	expect(passes(message(), filter, isPaused)).toBe(false);
	expect(paused.see(event({ type: 'control.pause', threadId: 't-1' }), 1)).toBe(true);
	expect(paused.see(event({ type: 'paused', threadId: 't-1' }), 2)).toBe(false);
	expect(passes(message(), filter, isPaused)).toBe(true);
	expect(passes(message({ threadId: 't-2' }), filter, isPaused)).toBe(false);
	expect(new PausedThreads(paused.entries()).has('t-1')).toBe(true);
	expect(paused.see(event({ type: 'isPaused', threadId: 't-1', isPaued: false }), 3)).toBe(true);
	expect(passes(message(), filter, isPaused)).toBe(false);
	expect(paused.see(event({ type: 'isPaused', threadId: 't-1', isPaused: true }), 4)).toBe(true);
	expect(paused.see(event({ type: 'resumed', threadId: 't-1' }), 5)).toBe(true);
	expect(paused.see(event({ type: 'resumed', threadId: 't-1' }), 6)).toBe(false);
	expect(paused.entries()).toEqual([['t-1', 5, false]]);
});

it('of two memories of pauses the later word holds, whichever is read last', () => {
	const one = new PausedThreads();
	const other = new PausedThreads();
	one.see(event({ type: 'paused', threadId: 't-1' }), 1);
	const early = one.entries();
	other.learn(early);
	expect(other.has('t-1')).toBe(true);
	one.see(event({ type: 'resumed', threadId: 't-1' }), 2);
	one.learn(early);
	other.learn(one.entries());
	expect([one.has('t-1'), other.has('t-1')]).toEqual([false, false]);
	other.see(event({ type: 'paused', threadId: 't-1' }), 3);
	one.learn(other.entries());
	expect(one.has('t-1')).toBe(true);
});

it('knows of the latest 10,000 threads', () => {
	const paused = new PausedThreads();
	for (let number = 0; number <= 10_000; number += 1)
		paused.see(event({ type: 'paused', threadId: `t-${number}` }), number);
	expect([paused.has('t-0'), paused.has('t-1'), paused.entries().length]).toEqual([false, true, 10_000]);
});
