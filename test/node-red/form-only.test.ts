import { withoutForms } from '../../packages/node-red/src/build/form-only';

it('what only forms show is left out of the runtime, and what an error says or code makes stays', () => {
	const source = `export const send = {
	name: 'send',
	displayName: 'Send',
	action: 'Send text',
	description: \`At most \${MAX} letters\`,
	keywords: ['say', 'tell'],
	fields: {
		kind: { label: 'Kind', placeholder: 'e.g. text', options: [{ value: 'a', label: 'First' }], hint: hintOf('x') },
	},
	row: { value: 1, label: 'Total' },
	names: { id: 'id', description: 'description' },
	sample: { action: 'reserve', query: 'Book it' },
	again: { ...other, description: 'Of this one' },
	examples: [{ name: 'One', input: { kind: 'a' } }],
	errors: { FLOWAI_GONE: { advice: 'Try again.' } },
};`;
	expect(withoutForms(source)).toBe(`export const send = {
	name: 'send',
	displayName: 'Send',
	action: '',
	description: '',
	keywords: [],
	fields: {
		kind: { label: 'Kind', placeholder: '', options: [{ value: 'a', label: '' }], hint: hintOf('x') },
	},
	row: { value: 1, label: 'Total' },
	names: { id: 'id', description: 'description' },
	sample: { action: 'reserve', query: 'Book it' },
	again: { ...other, description: '' },
	examples: [],
	errors: { FLOWAI_GONE: { advice: 'Try again.' } },
};`);
});
