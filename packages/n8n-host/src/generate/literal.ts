/** A piece of source text inside a literal, e.g. `NodeConnectionTypes.Main`. */
export class Code {
	constructor(readonly text: string) {}
}

function key(name: string): string {
	return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** Prints a value as TypeScript. Prettier sees to its looks. */
export function literal(value: unknown): string {
	if (value instanceof Code) return value.text;
	if (value === undefined) return 'undefined';
	if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
	if (typeof value === 'object' && value !== null) {
		const members = Object.entries(value).map(([name, member]) => `${key(name)}: ${literal(member)}`);
		// The line break after the brace makes Prettier keep one member a line.
		return members.length > 0 ? `{\n${members.join(',\n')}\n}` : '{}';
	}
	return JSON.stringify(value);
}
