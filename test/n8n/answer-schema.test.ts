import { mismatches } from '../support/answer-schema';

const schema = {
	type: 'object',
	properties: {
		id: { type: 'string' },
		count: { type: ['integer', 'null'] },
		rate: { type: 'number' },
		tags: { type: 'array', items: { type: 'string' } },
		raw: { type: 'object', properties: { a: { type: 'string' } } },
	},
};

it.each([
	[{ id: 'x', count: null, rate: 1, tags: ['a'], raw: { a: 'b', more: true } }, []],
	[{}, []],
	[{ raw: { a: null } }, []],
	[{ id: 5 }, ['id is integer, not string']],
	[{ id: null }, ['id is null, not string']],
	[{ extra: 1 }, ['extra is not in the schema']],
	[{ tags: ['a', 1] }, ['tags[] is integer, not string']],
	[{ raw: { a: [] } }, ['raw.a is array, not string']],
	[[], ['the answer is array, not object']],
])('an output schema tells of %j', (value, found) => {
	expect(mismatches(value, schema)).toEqual(found);
});
