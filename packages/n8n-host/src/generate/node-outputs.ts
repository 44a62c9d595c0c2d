import { NodeConnectionTypes } from 'n8n-workflow';
import type { Service } from '@convoflow/kit';
import { Code } from './literal';

/** `NodeConnectionTypes.Main` as code: n8n's linter refuses its value. */
export const MAIN = new Code('[NodeConnectionTypes.Main]');

/**
 * What comes out of a service's node: one output, or an expression over its parameters where an operation has
 * several, as n8n's own nodes with a changing number of outputs have it.
 */
export function nodeOutputs({ resources }: Service): Code | string {
	const type = NodeConnectionTypes.Main;
	const cases = resources.flatMap((resource) =>
		resource.operations.flatMap(({ name, outputs }) => {
			if (!outputs) return [];
			const { field, is } = outputs.when;
			const asked = { resource: resource.name, operation: name, [field]: is };
			const wanted = Object.entries(asked).map(
				([parameter, value]) => `$parameter["${parameter}"] === "${value}"`,
			);
			const ways = outputs.labels.map((displayName) => ({ type, displayName }));
			return [`${wanted.join(' && ')} ? ${JSON.stringify(ways)} : `];
		}),
	);
	return cases.length === 0 ? MAIN : `={{ ${cases.join('')}${JSON.stringify([{ type }])} }}`;
}
