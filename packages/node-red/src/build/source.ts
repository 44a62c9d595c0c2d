import { currentVersion } from '../model/migrations';

/** A member of a definition as source text: what reads a html needs literals, what the editor calls are names. */
export type Source = string;

/** A value as a literal. */
export const literal = (value: unknown): Source => JSON.stringify(value);

/** The version of the stored settings, by which later releases know how to read them. */
export const versionOf = (type: string): Source => object({ value: literal(currentVersion(type)) });

/** An object whose members are source text. */
export function object(members: Readonly<Record<string, Source>>): Source {
	return `{ ${Object.entries(members)
		.map(([name, source]) => `${literal(name)}: ${source}`)
		.join(', ')} }`;
}
