import fc from 'fast-check';
import { faultOf } from '../../packages/node-red/src/editor/check-field';
import { listOf, rowsOf } from '../../packages/node-red/src/editor/stored-rows';
import type { ColumnSpec, FieldSpec } from '../../packages/node-red/src/editor/form-spec';

const column = (name: string, literal: ColumnSpec['literal']): ColumnSpec => ({
	name,
	kind: literal === 'num' ? 'number' : literal === 'json' ? 'json' : 'string',
	literal,
	isRequired: false,
	literalDefault: '',
	hasPlaceholder: false,
});
const COLUMNS = [column('name', 'str'), column('order', 'num'), column('conditions', 'json')];

describe('the rows of a list', () => {
	it('are stored as one text, without what is empty', () => {
		const rows = [
			{ name: 'a', order: '2', conditions: '[{"key": "x"}]' },
			{ name: '', order: ' ', conditions: '' },
			{ name: 'b', order: '${ORDER}', conditions: '[' },
		];
		expect(JSON.parse(listOf(rows, COLUMNS))).toEqual([
			{ name: 'a', order: 2, conditions: [{ key: 'x' }] },
			{ name: 'b', order: '${ORDER}', conditions: '[' },
		]);
		expect(listOf([{ name: '' }], COLUMNS)).toBe('');
	});

	it.each(['${ROWS}', '{"name": "a"}', '["a"]', '[null]', '[{"name": "a", "other": 1}]', '[{"name"'])(
		'leave %s as it is, since they could not show it',
		(text) => {
			expect(rowsOf(text, COLUMNS)).toBeUndefined();
		},
	);

	it('show whatever was typed into them', () => {
		const typed = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
		fc.assert(
			fc.property(fc.array(fc.record({ name: typed }), { minLength: 1 }), (rows) => {
				expect(rowsOf(listOf(rows, COLUMNS), COLUMNS)).toEqual(rows);
			}),
		);
		expect(rowsOf('', COLUMNS)).toEqual([]);
	});
});

describe('the check of a list that is filled in by rows', () => {
	const LIST: FieldSpec = {
		name: 'steps',
		property: 'steps',
		kind: 'list',
		literal: 'json',
		isOptional: true,
		isRequired: false,
		defaultType: 'json',
		defaultValue: '',
		literalDefault: '',
		hasPlaceholder: false,
		hasHint: false,
		columns: [
			{ ...column('name', 'str'), isRequired: true, maxLength: 5 },
			{ ...column('order', 'num'), isInteger: true, min: 1 },
			{ ...column('operator', 'str'), isRequired: true, literalDefault: 'equals' },
			column('conditions', 'json'),
		],
	};
	const fault = (value: string): unknown[] | undefined => {
		const found = faultOf(LIST, { value, type: 'json' });
		return found && [found.reason, found.of.name, found.row];
	};

	it.each([
		['[{"name": "a"}, {"order": 2}]', ['required', 'name', 2]],
		['[{"name": " "}]', ['required', 'name', 1]],
		['[{"name": "longer"}]', ['maxLength', 'name', 1]],
		['[{"name": "a", "order": "two"}]', ['number', 'order', 1]],
		['[{"name": "a", "order": 1.5}]', ['integer', 'order', 1]],
		['[{"name": "a"}, {"name": "b", "order": 0}]', ['min', 'order', 2]],
		['[{"name": "a", "conditions": "["}]', ['json', 'conditions', 1]],
		['[', ['json', 'steps', undefined]],
	])('%s is wrong', (value, expected) => {
		expect(fault(value)).toEqual(expected);
	});

	it.each([
		'',
		'[]',
		'[{"name": "a"}]',
		'[{"name": "${NAME}", "order": "${ORDER}", "conditions": [1]}]',
		// What the columns could not show is checked by the node.
		'[{"other": 1}]',
	])('%s is right', (value) => {
		expect(fault(value)).toBeUndefined();
	});
});
