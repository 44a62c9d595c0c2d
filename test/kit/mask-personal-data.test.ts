import type { JsonObject, JsonValue } from '@convoflow/client';
import { maskRow } from '@convoflow/kit';
import fc from 'fast-check';

const text = (words: string): JsonValue | undefined => maskRow({ text: words })['text'];

describe('masking personal data', () => {
	it.each<[JsonObject, JsonObject]>([
		[
			{ userName: 'Aino', botName: 'Bike Shop' },
			{ userName: '[name]', botName: 'Bike Shop' },
		],
		[
			{ user_name: null, bot_name: 'Bike Shop' },
			{ user_name: null, bot_name: 'Bike Shop' },
		],
		[
			{ name: 'Mara', role: 'user' },
			{ name: '[name]', role: 'user' },
		],
		[
			{ name: 'Opening hours', active: true },
			{ name: 'Opening hours', active: true },
		],
		[
			{ eventName: 'WELCOME', type: 'event' },
			{ eventName: 'WELCOME', type: 'event' },
		],
		[
			{ originator: { name: 'Mara', metadata: { loyalty: 'silver', age: 7 }, profile: {} } },
			{ originator: { name: '[name]', metadata: { loyalty: '[masked]', age: null }, profile: {} } },
		],
		[
			{ audience: [{ name: 'Mara', phoneNumber: '+46700000001' }] },
			{ audience: [{ name: '[name]', phoneNumber: '[phone]' }] },
		],
		[
			{ profile: { tags: ['vip', 3, null, { a: true }] } },
			{ profile: { tags: ['[masked]', null, null, { a: null }] } },
		],
		[
			{ email: 'm@x.se', mobile: 46700000001, city: 'Lund' },
			{ email: '[email]', mobile: null, city: '[masked]' },
		],
		[
			{ payload: { title: 'Here', lat: '59.3', long: '18.0' } },
			{ payload: { title: 'Here', lat: '[masked]', long: '[masked]' } },
		],
		[
			{ id: 'b/c/490150001122', user_id: '490150001122', threadId: '+46700000001|w_c', from: '490150001122' },
			{ id: 'b/c/490150001122', user_id: '490150001122', threadId: '+46700000001|w_c', from: '[phone]' },
		],
		[
			{ createdAt: 1_633_339_800_000, at: '1633339800000' },
			{ createdAt: 1_633_339_800_000, at: '1633339800000' },
		],
	])('%j becomes %j', (row, masked) => {
		expect(maskRow(row)).toEqual(masked);
	});

	it.each([
		['write to mara.lind+shop@mail.example.com, please', 'write to [email], please'],
		['<åsa@exämple.se>', '<[email]>'],
		['070-123 45 67 or (020) 7946 0958', '[phone]'],
		['call 0701234567!', 'call [phone]!'],
		['+1 (555) 010-1234.', '[phone].'],
		['0046701234567', '[phone]'],
		['tel:+46701234567', 'tel:[phone]'],
		['card 4111 1111 1111 1111', 'card [phone]'],
		['on 2026-03-01 at 10:30, order 12345678', 'on 2026-03-01 at 10:30, order 12345678'],
		['2026-03-01T10:30:00.000Z', '2026-03-01T10:30:00.000Z'],
		['6ecfd199-853a-448f-9f91-ef397588ff87', '6ecfd199-853a-448f-9f91-ef397588ff87'],
		[
			'https://x.example/p/1234567890?mail=mara%40example.com&x=1',
			'https://x.example/p/1234567890?mail=[email]&x=1',
		],
		['59.329323123', '59.329323123'],
		['table for 8 at seven', 'table for 8 at seven'],
	])('the text %j becomes %j', (words, masked) => {
		const seen = text(words);
		if (words.includes(' or ')) expect(seen).toMatch(/^\[phone\]( or \[phone\])?$/);
		else expect(seen).toBe(masked);
	});

	const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
	const key = fc.oneof(
		fc.string({ maxLength: 8 }).filter((one) => one !== '__proto__'),
		fc.constantFrom(
			'name',
			'userName',
			'profile',
			'email',
			'role',
			'threadId',
			'createdAt',
			'text',
			'originator',
			'metadata',
		),
	);
	const row = fc.dictionary(key, fc.oneof(json, fc.dictionary(key, json))) as fc.Arbitrary<JsonObject>;
	const address = fc.emailAddress();
	const phone = fc
		.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 14 })
		.map((digits) => `+${digits.join('')}`);

	/** Members and lengths without the values. */
	function shape(value: JsonValue | undefined): unknown {
		if (Array.isArray(value)) return value.map(shape);
		if (typeof value !== 'object' || value === null) return 'leaf';
		return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shape(one)]));
	}

	it('keeps the form of any row, changes nothing of the row itself, and has nothing left to do', () => {
		fc.assert(
			fc.property(row, (given) => {
				const before = JSON.stringify(given);
				const masked = maskRow(given);
				expect(JSON.stringify(given)).toBe(before);
				expect(shape(masked)).toEqual(shape(given));
				expect(maskRow(masked)).toEqual(masked);
			}),
			{ numRuns: 500 },
		);
	});

	it('leaves no email address and no phone number in any text, wherever it stands', () => {
		fc.assert(
			fc.property(
				address,
				phone,
				fc.constantFrom('text', 'body', 'note', 'fallback'),
				(mail, number, name) => {
					const words = `Hej ${mail} och ${number} tack`;
					for (const given of [{ [name]: words }, { list: [[words]] }, { deep: { [name]: { x: words } } }]) {
						const seen = JSON.stringify(maskRow(given));
						expect(seen).not.toContain(mail);
						expect(seen).not.toContain(number.slice(1));
					}
				},
			),
			{ numRuns: 500 },
		);
	});

	it('leaves nothing of a profile', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 5 }), (secret) => {
				fc.pre(!JSON.stringify({ profile: { a: '[masked]' } }).includes(JSON.stringify(secret).slice(1, -1)));
				const masked = maskRow({ profile: { a: secret, b: [{ c: secret }] } });
				expect(masked).toEqual({ profile: { a: '[masked]', b: [{ c: '[masked]' }] } });
			}),
		);
	});
});
