import { credentials, secretSets } from '@convoflow/credentials';
import {
	findOperation,
	formFields,
	readFields,
	readInput,
	runOptions,
	type Field,
	type FieldMap,
	type Operation,
} from '@convoflow/kit';
import { services } from '@convoflow/nodes';
import { intervalField } from '../../packages/node-red/src/model/poll';

const UTC = { timeZone: 'UTC' };

const operations = services.flatMap((service) =>
	service.resources.flatMap((resource) =>
		resource.operations.map(
			(operation) =>
				[`${service.name} ${resource.name} ${operation.name}`, operation, service, resource] as const,
		),
	),
);
const triggers = services.flatMap((service) =>
	service.triggers.map((trigger) => [`${service.name} ${trigger.name}`, trigger] as const),
);

/** Field maps by the place where they stand, nested ones included. */
const forms: (readonly [string, FieldMap])[] = [
	['every polling node of Node-RED', intervalField],
	['options', Object.assign({}, ...operations.map(([, operation]) => runOptions(operation))) as FieldMap],
	...operations.flatMap(([name, operation]) => [
		[name, formFields(operation)] as const,
		[`${name}, optional`, operation.optional] as const,
	]),
	...triggers.flatMap(([name, { fields, optional }]) => [
		[name, fields] as const,
		[`${name}, optional`, optional] as const,
	]),
	...[...credentials, ...secretSets].map(({ name, fields }) => [name, fields] as const),
];
const fields: (readonly [string, Field, FieldMap])[] = forms.flatMap(([place, map]) =>
	Object.entries(map).map(([name, field]) => [`${place}: ${name}`, field, map] as const),
);

/** Words that stay small inside a title. */
const SMALL = new Set([
	'a',
	'an',
	'and',
	'as',
	'at',
	'by',
	'for',
	'from',
	'in',
	'of',
	'on',
	'or',
	'per',
	'the',
	'to',
	'with',
]);

function isTitleCase(label: string): boolean {
	const words = label.split(/[\s/()-]+/).filter((word) => word !== '');
	return words.every(
		(word, index) => /^[A-Z0-9]/.test(word) || (SMALL.has(word) && index > 0) || /^[a-z]+[A-Z.]/.test(word),
	);
}

const hasNoEnd = (words: string): boolean => words !== '' && words.trim() === words && !/[.!]$/.test(words);

describe.each(operations)('%s', (path, operation) => {
	it.each(operation.examples.map((example) => [example.name, example.input] as const))(
		'reads its example "%s"',
		(_example, input) => {
			const read = readInput(operation, input, UTC);
			for (const name of Object.keys(input)) {
				if (!(formFields(operation)[name]?.showWhen ?? false)) expect(read).toHaveProperty(name);
			}
			expect(readInput(operation, read, UTC)).toEqual(read);
		},
	);

	it('refuses each required field that is blank, by its name', () => {
		const required = Object.entries(formFields(operation)).filter(
			([, field]) => field.required && field.default === undefined && !field.showWhen,
		);
		for (const [name] of required) {
			for (const blank of ['', '  ', undefined, null]) {
				expect(() => readInput(operation, { ...operation.examples[0]?.input, [name]: blank }, UTC)).toThrow(
					expect.objectContaining({ code: 'CONVOFLOW_INVALID_INPUT', field: name }) as Error,
				);
			}
		}
	});

	it('says what it is in the words that hosts ask for', () => {
		expect(operation.name).toMatch(/^[a-z][A-Za-z]*$/);
		expect(isTitleCase(operation.displayName)).toBe(true);
		expect(operation.action).toMatch(/^[A-Z]/);
		expect(isTitleCase(operation.action) && operation.action.includes(' ')).toBe(false);
		for (const words of [operation.displayName, operation.action, operation.description]) {
			expect(hasNoEnd(words)).toBe(true);
		}
		expect(operation.action).not.toMatch(/ (a|an|the) /);
	});

	it('has names of its own for form and optional fields', () => {
		const form = Object.keys(formFields(operation));
		expect(Object.keys(operation.optional).filter((name) => form.includes(name))).toEqual([]);
	});

	it('puts a send into a lane and gives advice under codes of its service', () => {
		if (operation.effect === 'send') expect(operation.lane).toBeDefined();
		const input = readInput(operation, operation.examples[0]?.input ?? {}, UTC);
		if (operation.lane) expect(operation.lane(input)).not.toBe('');
		for (const [code, { advice }] of Object.entries(operation.errors ?? {})) {
			expect(code).toMatch(/^(FLOWAI|FLOWXO|CHATLAYER|CONVOFLOW)_[A-Z_]+$/);
			expect(advice).toMatch(/\.$/);
		}
		for (const rows of [0, 1, 2]) expect(operation.summary?.(rows, input)).not.toBe('');
	});

	it('names a credential that exists, where it asks something of the service', () => {
		if (operation.credential === undefined) return expect(path).toBe('chatlayer chart create');
		expect(credentials.map(({ name }) => name)).toContain(operation.credential);
	});
});

describe.each(fields)('%s', (_name, field, map) => {
	it('has a label in Title Case and a description without a period', () => {
		expect(isTitleCase(field.label)).toBe(true);
		expect(hasNoEnd(field.label)).toBe(true);
		expect(hasNoEnd(field.description)).toBe(true);
		expect(field.description).toMatch(/^[A-Z]/);
	});

	it('says in its label in which unit a number is given', () => {
		// A time zone is told in hours wherever it is a number.
		if (field.kind !== 'number' || field.label === 'Timezone') return;
		const [unit] =
			/\b(seconds|minutes|hours|pixels|bytes)\b/i.exec(`${field.description} ${field.hint}`) ?? [];
		if (unit !== undefined) expect(field.label.toLowerCase()).toContain(unit.toLowerCase());
	});

	it('says Whether exactly where it is a yes or no', () => {
		expect(field.description.startsWith('Whether')).toBe(field.kind === 'boolean');
	});

	it('has a placeholder that begins with e.g. and a short hint', () => {
		expect(field.placeholder ?? 'e.g. x').toMatch(/^e\.g\. \S/);
		expect((field.hint ?? '').length).toBeLessThanOrEqual(120);
	});

	it('is shown, or limited, by a field that stands before it, with values that field can have', () => {
		const names = Object.keys(map);
		const own = names.findIndex((name) => map[name] === field);
		const limits = field.kind === 'text' ? (field.maxLengthWhen ?? {}) : {};
		for (const [other, wanted] of [...Object.entries(field.showWhen ?? {}), ...Object.entries(limits)]) {
			expect(names.slice(0, own)).toContain(other);
			const shower = map[other];
			const possible: readonly unknown[] =
				shower?.kind === 'options' || shower?.kind === 'multiOptions'
					? shower.options.map(({ value }) => value)
					: [true, false];
			for (const value of wanted) expect(possible).toContain(value);
		}
	});

	it('has a default that it takes itself', () => {
		if (field.default === undefined) return;
		const { showWhen: _showWhen, ...shown } = field;
		expect(() => readFields({ it: shown }, {}, UTC)).not.toThrow();
	});

	it('offers each choice once, in Title Case', () => {
		if (field.kind !== 'options' && field.kind !== 'multiOptions') return;
		const values = field.options.map(({ value }) => value);
		expect(new Set(values).size).toBe(values.length);
		for (const { label, description } of field.options) {
			expect(isTitleCase(label)).toBe(true);
			expect(hasNoEnd(description ?? 'none')).toBe(true);
		}
	});
});

it.each(forms.filter(([place]) => !place.endsWith('Api')))('%s lists its choices by label', (_place, map) => {
	for (const field of Object.values(map)) {
		if (field.kind !== 'options' && field.kind !== 'multiOptions') continue;
		const labels = field.options.map(({ label }) => label);
		expect(labels).toEqual([...labels].sort((one, other) => one.localeCompare(other, 'en')));
	}
});

describe('the whole', () => {
	it('has at least one operation of each service, and finds each by resource and name', () => {
		expect(new Set(operations.map(([, operation]) => operation.service)).size).toBe(services.length);
		for (const [, operation, service, resource] of operations) {
			expect(findOperation(service, resource.name, operation.name)).toBe(operation satisfies Operation);
			expect(operation.service).toBe(service.name);
		}
		expect(findOperation(services[0], 'nothing', 'get')).toBeUndefined();
	});

	it('opens at things that exist', () => {
		for (const { resources, main } of services) {
			expect(resources.map(({ name }) => name)).toContain(main);
			for (const { operations: offered, main: first } of resources)
				expect(offered.map(({ name }) => name)).toContain(first);
		}
	});

	it('has names that are used once where they must be', () => {
		for (const [, , service, resource] of operations) {
			const names = resource.operations.map(({ name }) => name);
			expect(new Set(names).size).toBe(names.length);
			const resources = service.resources.map(({ name }) => name);
			expect(new Set(resources).size).toBe(resources.length);
		}
	});

	it.each(triggers.filter(([, { fields: map }]) => 'events' in map))(
		'the trigger %s has a sample that carries its event and key',
		(_name, { sample, fields: map }) => {
			expect(sample).toMatchObject({
				event: expect.any(String) as string,
				eventKey: expect.any(String) as string,
			});
			expect(readFields(map, { threadId: 't', botId: 'b' }, UTC)).toHaveProperty('events');
		},
	);
});

describe('an operation that is not safe to repeat', () => {
	const lasting = operations.filter(([, { effect }]) => effect === 'send' || effect === 'destructive');

	it.each(lasting)('%s tells how to find out whether it had its effect', (_name, { findOut, errors }) => {
		const told = errors?.['CONVOFLOW_OUTCOME_UNKNOWN']?.advice;
		if (told === undefined) expect(`${findOut} before you run it again.`).toMatch(/^Look [^.]+ before/);
		else expect(told).toMatch(/\b(look|check|read)\b/i);
	});
});
