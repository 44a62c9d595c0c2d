import { pollFlowXo, readFlowXoCursor, type FlowXoPollOptions, type JsonValue } from '@convoflow/client';
import { fault } from '../../support/fake-ports';
import { Account, MINUTE, SECOND } from './flow-xo-account';

let account: Account;
/** The cursor as a host keeps it: text that went through JSON. */
let stored: string | undefined;

beforeEach(() => {
	account = new Account();
	stored = undefined;
});

interface Polled {
	readonly keys: string[];
	readonly isComplete: boolean;
	readonly notice: string | undefined;
	readonly requests: string[];
}

async function poll(options: Partial<FlowXoPollOptions> = {}, keeps = true): Promise<Polled> {
	const before = stored === undefined ? undefined : readFlowXoCursor(JSON.parse(stored) as JsonValue);
	account.takeRequests();
	const { events, cursor, isComplete, notice } = await account.clock.run(
		pollFlowXo(account.client, before, { events: ['newMessage'], now: account.clock.now, ...options }),
	);
	if (keeps) stored = JSON.stringify(cursor);
	return {
		keys: events.map(({ key }) => key.replace(/^message:/, '')),
		isComplete,
		notice,
		requests: account.takeRequests(),
	};
}

/** An account of quiet conversations, and a start. */
async function start(conversations = 300, options: Partial<FlowXoPollOptions> = {}): Promise<void> {
	for (let n = 0; n < conversations; n += 1)
		account.write(`old${n}`, { at: account.now - (n + 10) * MINUTE });
	await poll(options);
	await account.clock.advance(MINUTE);
}

describe('new messages', () => {
	it('tells only of what comes after the first poll', async () => {
		account.write('a');
		expect((await poll()).keys).toEqual([]);
		await account.clock.advance(MINUTE);
		const id = account.write('a');
		expect((await poll()).keys).toEqual([id]);
		expect((await poll()).keys).toEqual([]);
	});

	it('takes the backlog where that is wanted', async () => {
		const ids = [account.write('a', { at: account.now - 90 * MINUTE }), account.write('b')];
		expect((await poll({ takeBacklog: true })).keys).toEqual(ids);
		expect((await poll({ takeBacklog: true })).keys).toEqual([]);
	});

	it('starts in an empty account', async () => {
		await poll();
		const id = account.write('first');
		expect((await poll()).keys).toEqual([id]);
	});

	it('follows several conversations at once, oldest message first', async () => {
		await start();
		const ids: string[] = [];
		for (let n = 0; n < 30; n += 1) {
			await account.clock.advance(SECOND);
			ids.push(account.write(`old${n % 7}`));
		}
		expect((await poll()).keys).toEqual(ids);
	});

	it('asks for one page of the list and one of messages a changed conversation', async () => {
		await start(5_000);
		expect((await poll()).requests).toEqual(['/conversations']);
		for (let n = 0; n < 120; n += 1) account.write(`old${n % 3}`);
		// Some 40 messages each on pages of 50: what lies below the new ones shows that nothing is left.
		for (let n = 0; n < 3; n += 1) account.write(`old${n}`, { at: account.now - 9 * MINUTE });
		expect((await poll()).requests).toHaveLength(4);
		expect((await poll()).requests).toEqual(['/conversations']);
	});

	it('takes a burst that is longer than a page, also one of conversations', async () => {
		await start();
		const ids: string[] = [];
		for (let n = 0; n < 400; n += 1) {
			await account.clock.advance(50);
			ids.push(account.write('old7'));
		}
		for (let n = 0; n < 350; n += 1) {
			await account.clock.advance(10);
			ids.push(account.write(`fresh${n}`));
		}
		expect((await poll()).keys).toEqual(ids);
		expect((await poll()).keys).toEqual([]);
	});

	it('takes messages of the same instant as one that was handled', async () => {
		await start();
		const { now } = account;
		account.write('old1', { at: now });
		await poll();
		const late = [account.write('old1', { at: now }), account.write('old2', { at: now })];
		expect((await poll()).keys.sort()).toEqual(late.sort());
	});

	it('takes messages of the same instant as the start', async () => {
		const { now } = account;
		account.write('a', { at: now });
		await poll();
		const id = account.write('a', { at: now });
		expect((await poll()).keys).toEqual([id]);
	});

	it('takes a message that becomes visible after a newer one, once', async () => {
		await start();
		const { now } = account;
		account.write('old1', { at: now });
		await poll();
		const late = account.write('old2', { at: now - 2 * MINUTE });
		const behind = account.write('old1', { at: now - MINUTE });
		expect((await poll()).keys).toEqual([late]);
		await account.clock.advance(6 * MINUTE);
		expect((await poll()).keys).toEqual([behind]);
		expect((await poll()).keys).toEqual([]);
		expect((await poll()).requests).toEqual(['/conversations']);
	});

	it('finds a late message behind a page of others', async () => {
		await start();
		const { now } = account;
		for (let n = 0; n < 200; n += 1) account.write('old1', { at: now + n });
		expect((await poll()).keys).toHaveLength(200);
		const late = account.write('old1', { at: now + 20 });
		await account.clock.advance(6 * MINUTE);
		expect((await poll()).keys).toEqual([late]);
	});

	it.each([-60 * MINUTE, -MINUTE, MINUTE, 60 * MINUTE])(
		'loses and repeats nothing when the clocks differ by %i ms',
		async (skewMs) => {
			account.skewMs = skewMs;
			await start();
			const [written, told]: [string[], string[]] = [[], []];
			for (let round = 0; round < 20; round += 1) {
				for (let n = 0; n < 5; n += 1) {
					written.push(account.write(`old${(round * 3 + n) % 11}`));
					await account.clock.advance(12 * SECOND);
				}
				told.push(...(await poll()).keys);
			}
			expect(told).toEqual(written);
		},
	);

	it('is not led astray by a message from the future', async () => {
		await start();
		const ahead = account.write('old9', { at: account.now + 24 * 60 * MINUTE });
		const beside = account.write('old1');
		expect((await poll()).keys).toEqual([beside, ahead]);
		for (let round = 0; round < 12; round += 1) {
			await account.clock.advance(MINUTE);
			const ids = [account.write('old9'), account.write('old2')];
			expect((await poll()).keys.sort()).toEqual(ids.sort());
		}
	});

	it('leaves nothing out when rows move up while the list is read', async () => {
		await start(1_000);
		await account.clock.advance(60 * MINUTE);
		const ids = [];
		// After a long break several pages are active; the last of them moves to the head while the first is read.
		for (let n = 0; n < 350; n += 1) {
			await account.clock.advance(100);
			ids.push(account.write(`old${n}`));
		}
		account.beforeAnswer = (count, path) => {
			if (count === 2 && path.endsWith('/conversations')) ids.push(account.write('old0'));
		};
		const first = await poll();
		account.beforeAnswer = () => undefined;
		const second = await poll();
		expect([...first.keys, ...second.keys].sort()).toEqual([...ids].sort());
	});

	it('survives a deleted conversation and a deleted last message', async () => {
		await start();
		account.write('old1');
		const kept = account.write('old2');
		account.beforeAnswer = (_count, path) => {
			if (path.includes('old1')) account.conversations.delete('old1');
		};
		expect((await poll()).keys).toEqual([kept]);
		account.conversations.get('old2')?.messages.pop();
		expect((await poll()).keys).toEqual([]);
		const id = account.write('old2');
		expect((await poll()).keys).toEqual([id]);
	});

	it('reads conversations that show no last message while they are young', async () => {
		await start();
		account.begin('bare').isBare = true;
		const id = account.write('bare');
		expect((await poll()).keys).toEqual([id]);
		expect((await poll()).keys).toEqual([]);
	});

	it('notices a list that is not in order of activity, looks further, and says so', async () => {
		account.order = 'created';
		for (let n = 0; n < 900; n += 1) {
			account.begin(`c${n}`, account.now - (n + 1) * MINUTE);
			account.write(`c${n}`, { at: account.now - ((n * 37) % 900) * SECOND });
		}
		expect((await poll({ maxConversations: 500 })).notice).toMatch(
			/^Flow XO does not list by activity: 5\d\d conversations were looked at/,
		);
		await account.clock.advance(MINUTE);
		const id = account.write('c450');
		account.write('c800');
		expect((await poll({ maxConversations: 500 })).keys).toEqual([id]);
		account.order = 'activity';
		await account.clock.advance(60 * MINUTE);
		account.write('c1');
		await poll({ maxConversations: 500 });
		expect((await poll({ maxConversations: 500 })).requests).toHaveLength(1);
	});

	it('reads messages that come oldest first', async () => {
		account.messageOrder = 'oldest';
		for (let n = 0; n < 120; n += 1) account.write('a', { at: account.now - (200 - n) * SECOND });
		await poll();
		await account.clock.advance(MINUTE);
		const ids = [account.write('a'), account.write('a', { at: account.now + 1 })];
		expect((await poll()).keys).toEqual(ids);
	});

	it('leaves the rest to the next poll when there is much or time is up', async () => {
		await start();
		const ids = [];
		for (let n = 0; n < 40; n += 1) {
			await account.clock.advance(SECOND);
			ids.push(account.write(`old${n}`));
		}
		const first = await poll({ maxEvents: 10 });
		expect(first).toMatchObject({ keys: ids.slice(0, 10), isComplete: false });
		let late = 0;
		const second = await poll({ isLate: () => (late += 1) > 5 });
		expect(second).toMatchObject({ keys: ids.slice(10, 15), isComplete: false });
		expect((await poll()).keys).toEqual(ids.slice(15));
	});

	it('repeats everything when the cursor was not kept, under the same keys', async () => {
		await start();
		const id = account.write('old1');
		expect((await poll({}, false)).keys).toEqual([id]);
		expect((await poll()).keys).toEqual([id]);
	});

	it('loses nothing when a poll fails half-way', async () => {
		await start();
		const ids = [account.write('old1'), account.write('old2', { at: account.now + 1 })];
		account.beforeAnswer = (_count, path) => {
			if (path.includes('old2')) throw fault('ECONNREFUSED');
		};
		await expect(poll()).rejects.toMatchObject({ code: expect.stringMatching(/^FLOWXO_/) as string });
		account.beforeAnswer = () => undefined;
		expect((await poll()).keys).toEqual(ids);
	});

	it('filters by conversation and by message, and reads only what counts', async () => {
		await start();
		account.write('old1');
		account.write('old2', { role: 'bot' });
		const id = account.write('old2');
		const { keys, requests } = await poll({
			isWanted: (row) => row['user_id'] === 'old2',
			isWantedMessage: (message) => message['role'] === 'channel',
		});
		expect(keys).toEqual([id]);
		expect(requests.filter((path) => path.includes('old1'))).toEqual([]);
	});

	it('keeps a small cursor', async () => {
		await start(2_000);
		for (let round = 0; round < 30; round += 1) {
			for (let n = 0; n < 20; n += 1) account.write(`old${(round * 20 + n) % 900}`);
			await account.clock.advance(MINUTE);
			await poll();
		}
		expect(stored?.length).toBeLessThan(60_000);
	});
});

describe('new conversations', () => {
	const events = ['newConversation'] as const;

	it('tells of each once, whatever happens in old ones', async () => {
		await start(300, { events });
		account.write('old5');
		account.begin('new1');
		expect((await poll({ events })).keys).toEqual(['conversation:bot/c/new1']);
		await account.clock.advance(10 * MINUTE);
		account.write('new1');
		account.begin('new2');
		expect((await poll({ events })).keys).toEqual(['conversation:bot/c/new2']);
	});

	it('sets a starting point for a kind that is chosen later', async () => {
		await start(300, { events });
		account.begin('new1');
		account.write('old3');
		expect((await poll({ events: ['newConversation', 'newMessage'] })).keys).toEqual([
			'conversation:bot/c/new1',
		]);
		await account.clock.advance(SECOND);
		const id = account.write('old4');
		expect((await poll({ events: ['newConversation', 'newMessage'] })).keys).toEqual([id]);
	});
});

describe('live chats', () => {
	const events = ['liveChatStarted', 'liveChatEnded'] as const;
	const live = (user: string, isLive: boolean): void => {
		const conversation = account.conversations.get(user);
		if (conversation) conversation.agentMode = isLive;
	};

	it('tells of start and end, also of an end that moves nothing in the list', async () => {
		account.write('old4');
		live('old4', true);
		await start(2_000, { events });
		expect((await poll({ events })).keys).toEqual([]);
		account.write('old1');
		live('old1', true);
		expect((await poll({ events })).keys).toEqual([expect.stringMatching(/^liveChatStarted:bot\/c\/old1:/)]);
		for (let n = 0; n < 200; n += 1) account.write(`fresh${n}`);
		live('old1', false);
		expect((await poll({ events })).keys).toEqual([expect.stringMatching(/^liveChatEnded:bot\/c\/old1:/)]);
		expect((await poll({ events })).keys).toEqual([]);
	});

	it('forgets a conversation that was deleted', async () => {
		await start(300, { events });
		account.write('old1');
		live('old1', true);
		await poll({ events });
		account.conversations.delete('old1');
		expect((await poll({ events })).keys).toEqual([]);
		expect((await poll({ events })).requests).toEqual(['/conversations']);
	});

	it('tells only of the end it was asked for', async () => {
		await start(10, { events: ['liveChatEnded'] });
		account.write('old1');
		live('old1', true);
		expect((await poll({ events: ['liveChatEnded'] })).keys).toEqual([]);
		live('old1', false);
		expect((await poll({ events: ['liveChatEnded'] })).keys).toHaveLength(1);
	});
});
