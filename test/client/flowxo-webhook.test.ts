import { parseFlowXoCall } from '@convoflow/client';

const key = (): string => 'call:made-up';

it('reads the members that the help suggests, and keeps the body', () => {
	const body = {
		id: 4711,
		event: 'booking',
		response_path: 'bot/c/user',
		message: 'Can I bring my bike?',
		user_name: 'Mara',
		bot_id: 'bot',
		bot_name: 'Bike Shop',
		bot_platform: 'whatsapp',
		extra: [1],
	};
	expect(parseFlowXoCall(body, key)).toEqual({
		event: 'booking',
		eventKey: 'call:booking:4711',
		conversationId: 'bot/c/user',
		text: 'Can I bring my bike?',
		userName: 'Mara',
		botId: 'bot',
		botName: 'Bike Shop',
		platform: 'whatsapp',
		body,
	});
	expect(parseFlowXoCall({ message_id: 'm-1' }, key)).toMatchObject({ eventKey: 'call:m-1' });
});

it.each([[{}], [[]], ['text'], [null], [{ id: '', message: null, response_path: '' }]])(
	'takes %j, with null for what is missing',
	(body) => {
		expect(parseFlowXoCall(body, key)).toMatchObject({
			event: null,
			eventKey: 'call:made-up',
			conversationId: null,
			text: null,
			body,
		});
	},
);
