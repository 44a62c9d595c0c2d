import { credentials, secretSets } from '@convoflow/credentials';
import { formFields } from '@convoflow/kit';
import { NodeHelpers, type INodeParameters, type INodeTypeDescription } from 'n8n-workflow';
import { storedSample } from '../samples/record';
import { samplePath } from '../../packages/n8n-host/src/generate/samples';
import { join } from 'node:path';
import { PLACES } from './places';
import { loadTree, nodeTypeOf, TREES } from './tree';
import { advice, readBuiltTree, UPCOMING_RULES } from './upcoming-rules';
import { choicesOf } from './walk-properties';
import {
	conditionProblems,
	isSentenceCase,
	isTitleCase,
	namesLost,
	problemsBy,
	PROPERTY_RULES,
} from './ux-rules';

const ROOT = join(__dirname, '../..');
/** A place of each action node. */
const ACTIONS = [...new Map(PLACES.map((place) => [place.nodeType, place]))];

async function descriptionsOf(name: string): Promise<INodeTypeDescription[]> {
	const { loader } = await loadTree(name);
	return Object.values(loader.nodeTypes).map(
		({ type }) => NodeHelpers.getVersionedNodeType(type).description,
	);
}

/** Problems of every node of a package, with the node's name before each. */
async function problems(
	name: string,
	find: (description: INodeTypeDescription) => string[],
): Promise<string[]> {
	const descriptions = await descriptionsOf(name);
	// The times of a poll are n8n's own.
	return descriptions
		.map((one) => ({
			...one,
			properties: one.properties.filter((property) => property.name !== 'pollTimes'),
		}))
		.flatMap((one) => find(one).map((problem) => `${one.name} ${problem}`));
}

// n8n's UX guidelines, read from what the built packages show.
describe.each(TREES)('the forms of %s', (name) => {
	it.each(Object.entries(PROPERTY_RULES))('%s', async (_rule, rule) => {
		expect(await problems(name, (description) => problemsBy(rule, description))).toEqual([]);
	});

	it('name what they depend on', async () => {
		expect(await problems(name, conditionProblems)).toEqual([]);
	});

	it('keep what is filled in when the operation changes', async () => {
		expect(await problems(name, namesLost)).toEqual([]);
	});

	it('have a title, a sentence and a subtitle', async () => {
		for (const description of await descriptionsOf(name)) {
			expect(isTitleCase(description.displayName)).toBe(true);
			expect(isSentenceCase(description.description)).toBe(true);
			expect(description.subtitle).toMatch(/^=\{\{.+\}\}$/);
			expect(description.defaults.name).toBe(description.displayName);
		}
	});

	it('call an operation by its verb, without the resource', () => {
		const found = PLACES.filter(({ tree }) => tree === name).filter(({ resource, operation }) => {
			const thing = resource.displayName.toLowerCase();
			const own = operation.displayName.toLowerCase();
			return own !== thing && new RegExp(`^(get|get many|create|delete|update) ${thing}s?$`).test(own);
		});
		expect(found.map(({ title }) => title)).toEqual([]);
	});

	it('say whether an operation is safe to repeat: in the list, and in the form where it is not', async () => {
		const own = PLACES.filter(({ tree }) => tree === name);
		const { description } = nodeTypeOf(await loadTree(name), own[0]?.nodeType ?? '');
		/** The notices about it that a form shows, in the node or in its variant for agents. */
		const notices = (shown: INodeParameters, nodeName = description.name): string[] =>
			description.properties
				.filter((one) => /repeatNotice$/i.test(one.name))
				.filter((one) =>
					NodeHelpers.displayParameter(shown, one, { typeVersion: 1 }, { ...description, name: nodeName }),
				)
				.map(({ displayName }) => displayName);
		for (const { resource, operation } of own) {
			const { effect, readsWhen } = operation;
			const shown = { resource: resource.name, operation: operation.name, method: 'POST' };
			const count = effect === 'read' || effect === 'idempotent' ? 0 : 1;
			const [forPeople, forAgents] = [notices(shown), notices(shown, `${description.name}Tool`)];
			expect([operation.name, forPeople.length, forAgents.length]).toEqual([operation.name, count, count]);
			for (const text of [...forPeople, ...forAgents]) expect(text).toMatch(/^Not safe to repeat: /);
			expect(forPeople.some((text) => text.includes('Retry On Fail is safe'))).toBe(effect === 'send');
			expect(forAgents.some((text) => text.includes('Retry On Fail'))).toBe(false);
			if (readsWhen) expect(notices({ ...shown, [readsWhen.field]: readsWhen.is })).toEqual([]);
			const listed = description.properties
				.filter((one) => one.name === 'operation')
				.filter(({ displayOptions }) => displayOptions?.show?.['resource']?.includes(resource.name))
				.flatMap(choicesOf)
				.find(({ value }) => value === operation.name);
			expect(listed?.description).toMatch(/\. (Safe|Not safe) to repeat/);
		}
	});

	it('simplify what has more than ten fields', async () => {
		const found: string[] = [];
		for (const { tree, title, service, resource, operation } of PLACES) {
			if (tree !== name || operation.isFreeForm) continue;
			const [row = {}] =
				(await storedSample(join(ROOT, samplePath(service, resource.name, operation)))) ?? [];
			const isDeleted = !/^delete/.test(operation.name) || row['deleted'] === true;
			if (Object.keys(row).length > 10) found.push(`${title}: ${Object.keys(row).length} fields`);
			if (!isDeleted) found.push(`${title} does not answer {deleted: true}`);
		}
		expect(found).toEqual([]);
	});

	it('hide what is secret', () => {
		const tree = readBuiltTree(join(ROOT, 'build/n8n', name));
		for (const { type } of tree.credentials) {
			const set = [...credentials, ...secretSets].find((one) => one.name === type.name);
			for (const property of type.properties) {
				const isSecret = set?.fields[property.name]?.kind === 'secret' && !/Id$/.test(property.name);
				expect([property.name, property.typeOptions?.['password'] === true]).toEqual([
					property.name,
					isSecret,
				]);
			}
		}
	});

	it.each(Object.entries(UPCOMING_RULES))('satisfy the coming rules %s', (_rules, rule) => {
		expect(rule(readBuiltTree(join(ROOT, 'build/n8n', name)))).toEqual([]);
	});
});

// A rule that finds nothing proves little: each is shown something wrong.
describe('the UX rules', () => {
	const wrong: Readonly<Record<string, object>> = {
		'names are in Title Case': { displayName: 'Thread id', type: 'string' },
		'descriptions and hints are sentences': { description: 'the thread.', type: 'string' },
		'every field is described': { type: 'string' },
		'check boxes say whether': { type: 'boolean', description: 'If it is silent' },
		'placeholders are examples': { type: 'string', placeholder: 'your thread' },
		'fields to write in show an example': { type: 'string', default: '' },
		'hints have at most 120 characters': { type: 'string', hint: 'x'.repeat(121) },
		'choices are sorted': {
			type: 'options',
			options: [
				{ name: 'B', value: 'b' },
				{ name: 'A', value: 'a' },
			],
		},
		'optional fields are sorted': {
			type: 'collection',
			options: [
				{ displayName: 'B', name: 'b', type: 'string', default: '' },
				{ displayName: 'A', name: 'a', type: 'string', default: '' },
			],
		},
		'nothing is empty': { type: 'options', options: [], default: '' },
		'defaults are among the choices': { type: 'options', options: [{ name: 'A', value: 'a' }], default: 'b' },
		'things are picked from a list first': {
			type: 'resourceLocator',
			modes: [{ name: 'list' }, { name: 'id' }],
			default: { mode: 'id', value: '' },
		},
		'resources are single things': { name: 'resource', options: [{ name: 'Threads', value: 't' }] },
		'operations use the words of n8n': {
			name: 'operation',
			options: [{ name: 'List', value: 'l', action: 'List a thread' }],
		},
	};

	it.each(Object.entries(PROPERTY_RULES))('“%s” finds what is wrong', (name, rule) => {
		const property = { displayName: 'Field', name: 'field', type: 'options', ...wrong[name] };
		expect(problemsBy(rule, { properties: [property] } as never)).not.toEqual([]);
	});

	it('find conditions on what is not there, and on values that cannot be', () => {
		const field = (more: object): object => ({
			displayName: 'A',
			name: 'a',
			type: 'string',
			default: '',
			...more,
		});
		const properties = [
			field({ name: 'mode', type: 'options', options: [{ name: 'One', value: 'one' }] }),
			field({ displayOptions: { show: { gone: ['x'] } } }),
			field({ displayOptions: { show: { mode: ['two'] } } }),
		];
		expect(conditionProblems({ properties } as never)).toEqual([
			'a looks at gone, which is not there',
			'a wants gone = "x", which it cannot be',
			'a wants mode = "two", which it cannot be',
		]);
	});

	it('know which warnings to come are left', () => {
		const of = (properties: object[]): Record<string, string[]> =>
			advice({ nodes: [{ type: { description: { name: 'n', properties } } }] } as never);
		expect(of([{ name: 'a', type: 'json' }])).toEqual({
			'non-required-fields-in-collection': ['n.a'],
			'open-ended-node-fields': ['n.a'],
		});
		const fine = [
			{ name: 'a', type: 'json', required: true },
			{ name: 'operation', type: 'options' },
		];
		expect(Object.values(of(fine)).flat()).toEqual([]);
	});

	it('look at every field of every form', () => {
		const fields = PLACES.flatMap(({ operation }) => Object.keys(formFields(operation)));
		expect(fields.length).toBeGreaterThan(PLACES.length);
	});
});

describe.each(ACTIONS)('the tool of %s', (nodeType, { tree }) => {
	it('tells an agent what each operation does, so that it can choose between them', async () => {
		const type = nodeTypeOf(await loadTree(tree), nodeType);
		const own = PLACES.filter((place) => place.nodeType === nodeType);
		const told = own.map(({ resource, operation }) => {
			const parameters = { descriptionType: 'auto', resource: resource.name, operation: operation.name };
			return NodeHelpers.getToolDescriptionForNode({ parameters } as never, type);
		});
		expect(new Set(told).size).toBe(own.length);
		for (const text of told) expect(text).toMatch(new RegExp(` in ${type.description.displayName}$`));
	});
});
