import ts from 'typescript';
import { parse } from './exported-names';

/** The two modules of a node. */
export interface SplitNode {
	/** The class: its description, and methods that load the other module when they are called. */
	readonly node: string;
	/** What the methods call. */
	readonly runtime: string;
}

/** Names among `known` that a method's body mentions. */
function namesIn(body: ts.Block, known: ReadonlySet<string>): string[] {
	const found = new Set<string>();
	const visit = (node: ts.Node): void => {
		if (ts.isIdentifier(node) && known.has(node.text)) found.add(node.text);
		ts.forEachChild(node, visit);
	};
	visit(body);
	return [...found];
}

/**
 * Takes what a node's class imports from this project out of it. n8n loads the class of every node when it starts, for
 * its description; most of them never run there.
 * @param path of the class in the tree
 * @param source every method that uses an import has to be async
 */
export function splitRuntime(path: string, source: string): SplitNode {
	const file = parse(path, source);
	const imports = file.statements.filter(
		(one): one is ts.ImportDeclaration =>
			ts.isImportDeclaration(one) &&
			ts.isStringLiteral(one.moduleSpecifier) &&
			one.moduleSpecifier.text.startsWith('@convoflow/'),
	);
	const names = new Set(
		imports.flatMap(({ importClause }) => {
			const bindings = importClause?.namedBindings;
			return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
		}),
	);
	const edits = imports.map((one) => ({ start: one.getFullStart(), end: one.end, text: '' }));
	const visit = (node: ts.Node): void => {
		if (ts.isMethodDeclaration(node) && node.body) {
			const used = namesIn(node.body, names);
			const start = node.body.getStart() + 1;
			const text = `\nconst { ${used.join(', ')} } = await import('./runtime');`;
			if (used.length > 0) edits.push({ start, end: start, text });
		} else ts.forEachChild(node, visit);
	};
	visit(file);
	const node = edits
		.sort((a, b) => b.start - a.start)
		.reduce((rest, { start, end, text }) => rest.slice(0, start) + text + rest.slice(end), source);
	const runtime = `${imports.map((one) => one.getText()).join('\n')}\n\nexport { ${[...names].join(', ')} };\n`;
	return { node, runtime };
}
