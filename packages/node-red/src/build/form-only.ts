import type { Plugin } from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

/** Members of a definition that only forms and documents show: the html and the catalogs have them. */
const SHOWN = new Set(['action', 'description', 'examples', 'hint', 'keywords', 'placeholder']);

/** What takes the place of a literal; undefined where it is none, since code may mean something at run time. */
function blank(value: ts.Expression): string | undefined {
	if (ts.isStringLiteralLike(value) || ts.isTemplateExpression(value)) return "''";
	return ts.isArrayLiteralExpression(value) ? '[]' : undefined;
}

/** What a definition of an operation, a field or a choice has beside what only forms show. */
const OF_DEFINITION = new Set(['displayName', 'kind', 'label', 'value']);

/** Whether a member stands in a definition: rows and samples have members of the same names, which are needed. */
function isInDefinition({ parent }: ts.PropertyAssignment): boolean {
	return parent.properties.some((one) =>
		one.name === undefined ? ts.isSpreadAssignment(one) : OF_DEFINITION.has(one.name.getText()),
	);
}

/** The label of a choice; that of a field is said in errors. */
function isChoiceLabel({ name, parent }: ts.PropertyAssignment): boolean {
	if (name.getText() !== 'label' || !ts.isArrayLiteralExpression(parent.parent)) return false;
	return parent.properties.some((other) => other.name?.getText() === 'value');
}

/**
 * Leaves out of a definition's source what no node needs at run time.
 * @param source TypeScript below `nodes/`, `credentials/` or `packages/kit`
 */
export function withoutForms(source: string): string {
	const file = ts.createSourceFile('definition.ts', source, ts.ScriptTarget.Latest, true);
	const cuts: { readonly from: number; readonly to: number; readonly text: string }[] = [];
	const visit = (node: ts.Node): void => {
		const isShown = ts.isPropertyAssignment(node) && SHOWN.has(node.name.getText());
		if (ts.isPropertyAssignment(node) && ((isShown && isInDefinition(node)) || isChoiceLabel(node))) {
			const text = blank(node.initializer);
			if (text !== undefined) {
				cuts.push({ from: node.initializer.getStart(), to: node.initializer.end, text });
				return;
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return cuts.reduceRight((text, cut) => text.slice(0, cut.from) + cut.text + text.slice(cut.to), source);
}

/** Keeps what only forms show out of the runtime: a seventh of what is installed for it. */
export function formOnly(root: string): Plugin {
	const folders = ['nodes', 'credentials', 'packages/kit/src'].map((folder) => path.join(root, folder));
	return {
		name: 'form-only',
		setup(build) {
			build.onLoad({ filter: /\.ts$/ }, async (args) => {
				if (!folders.some((folder) => args.path.startsWith(folder + path.sep))) return undefined;
				return { contents: withoutForms(await fs.readFile(args.path, 'utf8')), loader: 'ts' };
			});
		},
	};
}
