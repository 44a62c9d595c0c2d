import ts from 'typescript';

/** The literal members of a definition. */
export type Definition = Readonly<Record<string, string | number | undefined>>;

/** Every literal member of the object in `X.registerType('literal', { … })`, as the library reads it. */
export function readDefinitions(script: string): Map<string, Definition> {
	const found = new Map<string, Definition>();
	const visit = (node: ts.Node): void => {
		if (
			ts.isCallExpression(node) &&
			ts.isPropertyAccessExpression(node.expression) &&
			node.expression.name.text === 'registerType'
		) {
			const [type, definition] = node.arguments;
			if (type && definition && ts.isStringLiteral(type) && ts.isObjectLiteralExpression(definition)) {
				found.set(type.text, literalMembers(definition));
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('node.js', script, ts.ScriptTarget.Latest));
	return found;
}

function literalMembers(object: ts.ObjectLiteralExpression): Definition {
	const members: Record<string, string | number> = {};
	for (const property of object.properties) {
		if (!ts.isPropertyAssignment(property)) continue;
		const { name, initializer } = property;
		const key = ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : '';
		if (ts.isStringLiteral(initializer)) members[key] = initializer.text;
		if (ts.isNumericLiteral(initializer)) members[key] = Number(initializer.text);
	}
	return members;
}

/** The scripts of a html that have a type. */
export function scriptsOf(html: string, type: string): string[] {
	return [...html.matchAll(new RegExp(`<script type="${type}"[^>]*>([\\s\\S]*?)</script>`, 'g'))].map(
		(match) => match[1] ?? '',
	);
}
