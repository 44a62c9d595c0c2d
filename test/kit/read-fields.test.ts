import type { ConvoflowError } from '@convoflow/client';
import { isBlank, readFields, type Field, type FieldMap } from '@convoflow/kit';
import fc from 'fast-check';

const UTC = { timeZone: 'UTC' };
const BASE = { label: 'The Thing', description: 'What it is' };
const CHOICES = [
	{ value: 'a', label: 'A' },
	{ value: 'b', label: 'B' },
];

/** Reads one field by the name `thing`. */
function read(field: Field, value: unknown): unknown {
	return readFields({ thing: field }, { thing: value }, UTC)['thing'];
}

function refusal(field: Field, value: unknown): ConvoflowError {
	try {
		read(field, value);
	} catch (error) {
		return error as ConvoflowError;
	}
	throw new Error(`${JSON.stringify(value)} was not refused`);
}

const string: Field = { ...BASE, kind: 'string' };
const number: Field = { ...BASE, kind: 'number', min: -12, max: 14 };
const integer: Field = { ...BASE, kind: 'number', integer: true };
const boolean: Field = { ...BASE, kind: 'boolean', default: false };
const options: Field = { ...BASE, kind: 'options', options: CHOICES };
const openOptions: Field = { ...BASE, kind: 'options', options: CHOICES, open: true };
const multi: Field = { ...BASE, kind: 'multiOptions', options: CHOICES };
const date: Field = { ...BASE, kind: 'dateTime' };
const json = (shape: 'object' | 'array' | 'any'): Field => ({ ...BASE, kind: 'json', shape });
const locator: Field = {
	...BASE,
	kind: 'locator',
	thing: 'bot',
	modes: ['id', 'url'],
	urlPattern: '/bots/([^/?#]+)',
};
const list: Field = {
	...BASE,
	kind: 'list',
	item: 'Row',
	fields: { id: { ...BASE, kind: 'string', label: 'Row ID', required: true }, count: integer },
};

describe('each kind takes', () => {
	it.each<[string, Field, unknown, unknown]>([
		['string', string, ' kept ', ' kept '],
		['string', string, 5, '5'],
		['string', string, false, 'false'],
		['text', { ...BASE, kind: 'text', maxLength: 3 }, 'a\nb', 'a\nb'],
		['secret', { ...BASE, kind: 'secret' }, ' fake\n', 'fake'],
		['number', number, '-12', -12],
		['number', number, 14, 14],
		['number', number, ' 0.5 ', 0.5],
		['number', number, 0, 0],
		['integer', integer, '7', 7],
		['boolean', boolean, true, true],
		['boolean', boolean, 'false', false],
		['options', options, 'a', 'a'],
		['options', options, ' b ', 'b'],
		['open options', openOptions, 'new', 'new'],
		['multiOptions', multi, ['a', 'b'], ['a', 'b']],
		['multiOptions', multi, 'a, b,', ['a', 'b']],
		['multiOptions', multi, [], []],
		['dateTime', date, '2026-03-01', '2026-03-01'],
		['dateTime', date, new Date(0), '1970-01-01T00:00:00.000Z'],
		['dateTime', date, { toJSON: () => '2026-03-01T09:00:00.000+01:00' }, '2026-03-01T08:00:00.000Z'],
		['json object', json('object'), '{"a":[1]}', { a: [1] }],
		['json object', json('object'), { a: undefined, b: 1 }, { b: 1 }],
		['json array', json('array'), '[1]', [1]],
		['json any', json('any'), '5', 5],
		['json any', json('any'), 5, 5],
		['json any', json('any'), 'null', null],
		['locator', locator, ' k3v9 ', 'k3v9'],
		['locator', locator, 'https://app.test/bots/k3%20v9/x', 'k3 v9'],
		['locator', locator, 'https://app.test/bots/100%/x', '100%'],
		['locator', locator, 'a|b/c', 'a|b/c'],
		['locator', { ...locator, modes: ['id'] }, 42, '42'],
		['list', list, [{ id: 'r', count: '2', extra: 1 }], [{ id: 'r', count: 2 }]],
		['list', list, '[{"id":"r"}]', [{ id: 'r' }]],
		['list', list, [], []],
	])('%s: %j becomes %j', (_kind, field, given, expected) => {
		expect(read(field, given)).toEqual(expected);
	});
});

describe('each kind refuses, with name and label', () => {
	const cycle: Record<string, unknown> = {};
	cycle['self'] = cycle;

	it.each<[string, Field, unknown, RegExp]>([
		['string', string, {}, /must be text/],
		['string', string, ['a'], /must be text/],
		['text too long', { ...BASE, kind: 'text', maxLength: 3 }, 'abcd', /has 4 characters; at most 3/],
		[
			'text too long where the limit counts',
			{ ...BASE, kind: 'text', maxLength: 3, maxLengthWhen: {} },
			'abcd',
			/has 4 characters/,
		],
		['string too long', { ...BASE, kind: 'string', maxLength: 1 }, 'ab', /has 2 characters/],
		['secret', { ...BASE, kind: 'secret' }, {}, /must be text/],
		['number', number, 'many', /must be a number/],
		['number', number, true, /must be a number/],
		['number', number, 'Infinity', /must be a number/],
		['number', number, NaN, /must be a number/],
		['number', number, [], /must be a number/],
		['number', number, -12.1, /at least -12/],
		['number', number, '15', /at most 14/],
		['integer', integer, 1.5, /whole number/],
		['integer', integer, '9007199254740993', /whole number/],
		['boolean', boolean, 'yes', /true or false/],
		['boolean', boolean, 1, /true or false/],
		['options', options, 'c', /one of a, b, not "c"/],
		['options', options, {}, /must be text/],
		['multiOptions', multi, ['a', 'c'], /one of a, b, not "c"/],
		['multiOptions', multi, { a: 1 }, /must be text/],
		['dateTime', date, 'tomorrow', /must be a date/],
		['dateTime', date, 1_700_000_000_000, /must be a date/],
		['dateTime', date, new Date(NaN), /must be/],
		['dateTime', date, {}, /must be text/],
		['json', json('any'), '{', /not valid JSON/],
		['json', json('any'), cycle, /not valid JSON/],
		['json', json('any'), () => 1, /not valid JSON/],
		['json', json('any'), 1n, /not valid JSON/],
		['json object', json('object'), '[]', /JSON object/],
		['json object', json('object'), 'null', /JSON object/],
		['json array', json('array'), '{}', /JSON array/],
		['locator', locator, 'https://app.test/teams/9', /no bot is named/],
		['locator', locator, {}, /must be text/],
		['list', list, {}, /must be a list/],
		['list', list, '{}', /JSON array/],
		['list', list, [{ id: 'r' }, null], /no fields in row 2/],
	])('%s: %p', (_kind, field, given, words) => {
		const error = refusal(field, given);
		expect(error).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT', field: 'thing' });
		expect(error.message).toMatch(words);
		expect(error.message).toMatch(/^The Thing /);
		expect(error.advice).toContain('"The Thing"');
	});

	it('a row of a list by the name of its own field', () => {
		expect(refusal(list, [{ id: '' }])).toMatchObject({ field: 'id', message: 'Row ID is empty' });
	});
});

describe('blanks and defaults', () => {
	it.each([undefined, null, '', ' \n\t'])('%j is blank', (value) => {
		expect(isBlank(value)).toBe(true);
		expect(readFields({ thing: string }, { thing: value }, UTC)).toEqual({});
		expect(read({ ...BASE, kind: 'string', default: 'd' }, value)).toBe('d');
		expect(refusal({ ...BASE, kind: 'string', required: true }, value).message).toBe('The Thing is empty');
	});

	it.each([0, false, [], {}])('%j is not blank', (value) => {
		expect(isBlank(value)).toBe(false);
	});

	it('a required list of choices must not be empty', () => {
		const required: Field = { ...BASE, kind: 'multiOptions', options: CHOICES, required: true };
		expect(refusal(required, []).message).toBe('The Thing is empty');
		expect(refusal(required, [' ', '']).message).toBe('The Thing is empty');
	});

	it('a field that is not given at all is blank', () => {
		expect(readFields({ thing: { ...BASE, kind: 'number', default: 0 } }, {}, UTC)).toEqual({ thing: 0 });
	});

	it('values without a field are left out', () => {
		expect(readFields({ thing: string }, { thing: 'a', other: 'b' }, UTC)).toEqual({ thing: 'a' });
	});
});

describe('showWhen', () => {
	const fields: FieldMap = {
		mode: { ...BASE, kind: 'options', options: CHOICES, default: 'a' },
		deep: { ...BASE, kind: 'boolean', default: true, showWhen: { mode: ['b'] } },
		name: { ...BASE, kind: 'string', required: true, showWhen: { mode: ['b'], deep: [true] } },
	};

	it.each<[Record<string, unknown>, Record<string, unknown>]>([
		[{}, { mode: 'a' }],
		[{ name: 'ignored', deep: 'nonsense' }, { mode: 'a' }],
		[
			{ mode: 'b', deep: false },
			{ mode: 'b', deep: false },
		],
		[
			{ mode: 'b', name: 'n' },
			{ mode: 'b', deep: true, name: 'n' },
		],
	])('%j becomes %j', (raw, expected) => {
		expect(readFields(fields, raw, UTC)).toEqual(expected);
	});

	it('keeps to a limit only beside the values that it counts for', () => {
		const limited: FieldMap = {
			mode: { ...options, default: 'a' },
			text: { ...BASE, kind: 'text', maxLength: 2, maxLengthWhen: { mode: ['a'] } },
		};
		expect(() => readFields(limited, { text: 'abc' }, UTC)).toThrow('at most 2 are allowed');
		expect(readFields(limited, { mode: 'b', text: 'abc' }, UTC)).toEqual({ mode: 'b', text: 'abc' });
	});

	it('asks for a required field only while it is shown', () => {
		expect(() => readFields(fields, { mode: 'b' }, UTC)).toThrow('The Thing is empty');
	});
});

describe('nothing comes from a prototype', () => {
	const names = ['constructor', 'toString', '__proto__'];

	it('neither of the raw values nor of a row', () => {
		for (const name of names) {
			const fields: FieldMap = { [name]: { ...BASE, kind: 'json', shape: 'any' } };
			expect(Object.keys(readFields(fields, {}, UTC))).toEqual([]);
		}
		const inherited = Object.create({ thing: 'inherited' }) as Record<string, unknown>;
		expect(readFields({ thing: string }, inherited, UTC)).toEqual({});
		expect(refusal(list, [Object.create({ id: 'inherited' })])).toMatchObject({ field: 'id' });
	});

	it('and nothing goes into one', () => {
		const value = read(json('object'), '{"__proto__":{"polluted":true}}');
		expect({}).not.toHaveProperty('polluted');
		expect(Object.keys(value as object)).toEqual(['__proto__']);
		readFields({ thing: string }, JSON.parse('{"__proto__":{"thing":"x"}}') as Record<string, unknown>, UTC);
		expect({}).not.toHaveProperty('thing');
	});
});

it('any value is read or refused by name, never anything else', () => {
	const fields = [
		string,
		number,
		integer,
		boolean,
		options,
		openOptions,
		multi,
		date,
		json('any'),
		json('object'),
		locator,
		list,
	];
	fc.assert(
		fc.property(
			fc.constantFrom(...fields),
			fc.anything({ withDate: true, withBigInt: true }),
			(field, value) => {
				try {
					read(field, value);
				} catch (error) {
					expect(error).toMatchObject({ code: 'CONVOFLOW_INVALID_INPUT' });
				}
			},
		),
		{ numRuns: 500 },
	);
});
