import { isDeepStrictEqual } from 'node:util';
import { parseEvent, readFrame, type JsonObject } from '@convoflow/client';
import { credentials, secretSets } from '@convoflow/credentials';
import { allFields, type Field, type FieldMap } from '@convoflow/kit';
import { services } from '@convoflow/nodes';
import { exampleOf, readPath } from './wire-path';
import type { Entry, Home, Parameter } from './seed-list';

/** Fields by id of what holds them. */
export type Definitions = ReadonlyMap<string, FieldMap>;

/** A home as one word, e.g. `operation flowai.bot.pause`. */
export function homeKey(home: Home): string {
	if ('operation' in home) return `operation ${home.operation}`;
	return 'trigger' in home ? `trigger ${home.trigger}` : `credential ${home.credential}`;
}

/** Every operation, trigger and credential of the project with all fields of its form. */
export function readDefinitions(): Definitions {
	const definitions = new Map<string, FieldMap>();
	for (const service of services) {
		for (const resource of service.resources) {
			for (const operation of resource.operations) {
				const id = `${service.name}.${resource.name}.${operation.name}`;
				definitions.set(homeKey({ operation: id }), allFields(operation));
			}
		}
		for (const trigger of service.triggers) {
			const id = `${service.name}.${trigger.name}`;
			definitions.set(homeKey({ trigger: id }), { ...trigger.fields, ...trigger.optional });
		}
	}
	for (const { name, fields } of [...credentials, ...secretSets]) {
		definitions.set(homeKey({ credential: name }), fields);
	}
	return definitions;
}

/** What a trigger outputs for a received event or frame. */
function outputFor(entry: Entry): JsonObject | undefined {
	const example = exampleOf(entry);
	if (entry.kind === 'event') return parseEvent(example, () => 'key').output;
	return readFrame(JSON.stringify(example))?.output;
}

/** Says in one line each which homes the definitions do not have; empty when all are there. */
export function homeProblems(entries: readonly Entry[], definitions: Definitions): string[] {
	return entries.flatMap((entry) => {
		if (!entry.home) return [];
		const key = homeKey(entry.home);
		const fields = definitions.get(key);
		if (!fields) return [`${entry.id}: there is no ${key}`];
		return [
			...choiceProblems(entry, fields),
			...entry.parameters.flatMap((parameter) =>
				parameterProblems(entry, parameter, fields).map(
					(problem) => `${entry.id}, ${parameter.name}: ${problem}`,
				),
			),
		];
	});
}

function choiceProblems(entry: Entry, fields: FieldMap): string[] {
	const choice = entry.home && 'trigger' in entry.home ? entry.home.choice : undefined;
	if (choice === undefined) return [];
	const problems: string[] = [];
	if (!choicesOf(fields['events'])?.includes(choice))
		problems.push(`${entry.id}: Events offers no ${choice}`);
	const event = outputFor(entry)?.['event'];
	if (event !== choice) problems.push(`${entry.id}: arrives as ${event as string}, not as ${choice}`);
	return problems;
}

function parameterProblems(entry: Entry, parameter: Parameter, fields: FieldMap): string[] {
	const { home } = parameter;
	if (!home) return [];
	if (typeof home !== 'string') {
		const wanted = readPath(exampleOf(entry), parameter.name);
		const found = readPath(outputFor(entry) ?? {}, home.output);
		return wanted !== undefined && isDeepStrictEqual(found, wanted)
			? []
			: [`does not arrive as ${home.output}`];
	}
	const field = Object.hasOwn(fields, home) ? fields[home] : undefined;
	return field ? limitProblems(parameter, home, field) : [`there is no field ${home}`];
}

/** A form must offer what the document allows and refuse what it forbids. */
function limitProblems(parameter: Parameter, home: string, field: Field): string[] {
	const problems: string[] = [];
	const choices = choicesOf(field);
	const missing = choices ? (parameter.values ?? []).filter((value) => !choices.includes(value)) : [];
	if (missing.length > 0) problems.push(`${home} does not offer ${missing.join(', ')}`);
	const maxLength = 'maxLength' in field ? field.maxLength : undefined;
	if (parameter.maxLength !== maxLength && parameter.maxLength !== undefined) {
		problems.push(`${home} does not stop at ${parameter.maxLength} characters`);
	}
	return problems;
}

function choicesOf(field: Field | undefined): string[] | undefined {
	const hasChoices = field?.kind === 'options' || field?.kind === 'multiOptions';
	return hasChoices ? field.options.map(({ value }) => value) : undefined;
}
