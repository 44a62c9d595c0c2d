import { join } from 'node:path';

/**
 * Where the picture of a form is kept.
 * @param build folder of what is built
 * @param node name of the node type, e.g. `flowAi`
 * @param operation resource and operation with a space; a trigger has none
 */
export function picturePath(build: string, node: string, operation = 'trigger'): string {
	return join(build, 'pictures', 'n8n', node, `${operation.replaceAll(/\W+/g, '-')}.png`);
}
