import { textOf, type JsonValue } from '@convoflow/client';
import { readFields } from '@convoflow/kit';
import { flowXoTrigger } from '@convoflow/nodes';
import { Account, MINUTE } from './flow-xo-account';

/** Who writes: a user of each bot, and of each platform. */
const TALKS = {
	mara: { botName: 'Bike Shop', platform: 'telegram' },
	nils: { botName: 'Workshop', platform: 'whatsapp' },
	olga: { botName: 'Rental', platform: 'whatsapp' },
};

/** Lets everything happen between two polls of the trigger, and gives the texts and kinds of what it tells. */
async function toldWith(form: Readonly<Record<string, unknown>>): Promise<string[]> {
	const account = new Account();
	const settings = readFields({ ...flowXoTrigger.fields, ...flowXoTrigger.optional }, form, {
		timeZone: 'UTC',
	});
	const context = {
		signal: new AbortController().signal,
		now: account.clock.now,
		isLate: () => false,
		maxEvents: 1_000,
	};
	const check = async (cursor?: JsonValue) =>
		await account.clock.run(flowXoTrigger.poll.check(account.client, settings, cursor, context));
	const { cursor } = await check();
	await account.clock.advance(MINUTE);
	const names = new Map<string, string>();
	for (const [user, talk] of Object.entries(TALKS)) {
		const conversation = Object.assign(account.begin(user), talk);
		const write = (name: string, options: Parameters<Account['write']>[1]): unknown =>
			names.set(account.write(user, options), `${user} ${name}`);
		write('asks', { role: 'channel' });
		write('is answered', { role: 'bot' });
		conversation.agentMode = true;
		write('is answered by a person', { role: 'bot' });
		write('thanks', { role: 'channel' });
	}
	const { events } = await check(JSON.parse(JSON.stringify(cursor)) as JsonValue);
	return events.map(({ event, text, userId }) =>
		event === 'newMessage'
			? (names.get(textOf(text) ?? '') ?? '')
			: [textOf(userId), textOf(event)].join(' '),
	);
}

it('tells of what users write unless asked for more', async () => {
	expect(await toldWith({})).toEqual([
		'mara asks',
		'mara thanks',
		'nils asks',
		'nils thanks',
		'olga asks',
		'olga thanks',
	]);
});

it.each([
	[{ role: 'bot', bot: 'workshop' }, ['nils is answered', 'nils is answered by a person']],
	[{ role: 'any', bot: 'Workshop', liveChatOnly: true }, ['nils is answered by a person', 'nils thanks']],
	[{ bot: 'Workshop, Rental', liveChatOnly: true }, ['nils thanks', 'olga thanks']],
	[{ platform: 'Telegram' }, ['mara asks', 'mara thanks']],
	[{ platform: 'telegram, whatsapp', bot: 'rental' }, ['olga asks', 'olga thanks']],
	[{ bot: 'nobody' }, []],
	[
		{ events: ['newConversation', 'liveChatStarted'], platform: 'whatsapp' },
		['nils newConversation', 'nils liveChatStarted', 'olga newConversation', 'olga liveChatStarted'],
	],
])('with %j it tells of %j', async (form, told) => {
	expect([...(await toldWith(form))].sort()).toEqual([...told].sort());
});
