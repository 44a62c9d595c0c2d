import type { EditorNode } from './editor-api';

/** What begins an example in a field; what follows is the same in every language. */
export const FOR_EXAMPLE = 'e.g. ';
/** An example as the dictionaries translate it. */
export const EXAMPLE = `${FOR_EXAMPLE}…`;

/**
 * The example in a field, begun in the user's language: the catalogs have the examples of operations in English only.
 * @param type node type, whose catalog says how an example begins
 * @param key of the example in the catalog
 */
export function exampleText(node: EditorNode, type: string, key: string): string {
	const text = node._(key);
	if (!text.startsWith(FOR_EXAMPLE)) return text;
	return node._(`${type}.forExample`).replace('…', () => text.slice(FOR_EXAMPLE.length));
}
