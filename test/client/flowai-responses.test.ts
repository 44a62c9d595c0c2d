import { attachments, messageRow, messageText, quickReplies, type JsonObject } from '@convoflow/client';

function reply(...responses: JsonObject[]): JsonObject {
	return { fallback: 'fallback', responses };
}
const BUTTON = { type: 'postback', label: 'Yes', value: 'yes', id: 'b12345678' };
const BARE = { title: null, subtitle: null, url: null, buttons: [] };

/** One row a template of the library: what it says, and what it carries. Flow.ai reference §6. */
const TEMPLATES: readonly [type: string, payload: JsonObject, text: string, carried: JsonObject[]][] = [
	['text', { text: 'Hi' }, 'Hi', []],
	[
		'image',
		{ title: 'Cat', url: 'https://x.test/c.png' },
		'Cat',
		[{ title: 'Cat', url: 'https://x.test/c.png' }],
	],
	['video', { title: 'Clip', url: 'https://x.test/v' }, 'Clip', [{ title: 'Clip', url: 'https://x.test/v' }]],
	['audio', { title: 'Song', url: 'https://x.test/a' }, 'Song', [{ title: 'Song', url: 'https://x.test/a' }]],
	['file', { url: 'https://x.test/f.pdf' }, 'fallback', [{ url: 'https://x.test/f.pdf' }]],
	[
		'location',
		{ title: 'Shop', lat: '52.1', long: '4.3' },
		'Shop',
		[{ title: 'Shop', lat: '52.1', long: '4.3' }],
	],
	[
		'card',
		{
			title: 'Room',
			subtitle: 'Two beds',
			media: { url: 'https://x.test/r', type: 'image' },
			buttons: [BUTTON],
		},
		'Room\nTwo beds',
		[
			{
				title: 'Room',
				subtitle: 'Two beds',
				url: 'https://x.test/r',
				buttons: [{ label: 'Yes', type: 'postback', value: 'yes' }],
			},
		],
	],
	[
		'carousel',
		{ cards: [{ title: 'A' }, { title: 'B', subtitle: 'b' }] },
		'A\nB\nb',
		[
			{ type: 'card', title: 'A' },
			{ type: 'card', title: 'B', subtitle: 'b' },
		],
	],
	[
		'list',
		{ items: [{ title: 'One' }], buttons: [BUTTON] },
		'One',
		[
			{ type: 'card', title: 'One' },
			{ type: 'list', buttons: [{ label: 'Yes', type: 'postback', value: 'yes' }] },
		],
	],
	[
		'buttons',
		{ title: 'Sure?', buttons: [BUTTON] },
		'Sure?',
		[{ title: 'Sure?', buttons: [{ label: 'Yes', type: 'postback', value: 'yes' }] }],
	],
	['custom', { anything: [1] }, 'fallback', []],
	['note', { note: 'for agents' }, '', []],
	[
		'webview',
		{ label: 'Open', url: 'https://x.test/w' },
		'Open',
		[{ title: 'Open', url: 'https://x.test/w' }],
	],
	['handover', { resetContext: true, indefinitePause: true, setBotToPause: true }, 'fallback', []],
	['agent_text', { text: 'Hello', quickReplies: [] }, 'Hello', []],
	['khoros_priority', { priority: 3 }, 'fallback', []],
	['system_reply', { type: 'x', text: 'System' }, 'System', []],
	['event', { name: 'WELCOME' }, 'WELCOME', []],
	['whatsapp_image', { url: 'https://x.test/i' }, 'fallback', [{ url: 'https://x.test/i' }]],
	[
		'apple_rich_link',
		{ title: 'Link', url: 'https://x.test/l' },
		'Link',
		[{ title: 'Link', url: 'https://x.test/l' }],
	],
	['never_heard_of', { strange: { deep: true } }, 'fallback', []],
];

describe('replies of Flow.ai', () => {
	it.each(TEMPLATES)('%s', (type, payload, text, carried) => {
		const message = reply({ type, payload });
		expect(messageText(message)).toBe(text);
		expect(attachments(message)).toEqual(carried.map((one) => ({ ...BARE, type, ...one })));
	});

	it('takes a note, which is for agents only, for nothing that the user sees', () => {
		const note = {
			fallback: 'Angry customer',
			responses: [{ type: 'note', payload: { note: 'Angry customer' } }],
		};
		expect(messageRow('t-1', {}, note)).toMatchObject({ text: '', silent: true, type: 'note' });
		expect(messageRow('t-1', {}, reply({ type: 'text', payload: { text: 'Hi' } }))).toMatchObject({
			text: 'Hi',
			silent: false,
		});
	});

	it('reads several responses of one message in their order', () => {
		const message = reply(
			{ type: 'text', payload: { text: 'One' } },
			{ type: 'note', payload: { note: 'two' } },
			{ type: 'text', payload: { text: 'Three', quickReplies: [{ label: 'A', value: 'a', type: 'text' }] } },
		);
		expect(messageText(message)).toBe('One\nThree');
		expect(quickReplies(message)).toEqual([{ label: 'A', value: 'a', type: 'text' }]);
	});

	it.each([[{}], [{ responses: null }], [{ responses: [null, 3, {}] }], [{ responses: [{ payload: 'x' }] }]])(
		'takes a broken message as one without content: %j',
		(message) => {
			expect(messageText(message as JsonObject)).toBe('');
			expect(attachments(message as JsonObject)).toEqual([]);
			expect(quickReplies(message as JsonObject)).toEqual([]);
		},
	);
});
