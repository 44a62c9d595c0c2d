import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A new key for each run, with every character that some encoding changes. */
const key = (): string => `k+/${randomBytes(12).toString('base64')}=&%>`;

/** Keys of a sandbox that no other run has. */
export const canaryKeys = () => ({
	flowAiRest: key(),
	flowAiManagement: key(),
	flowAiClientId: key(),
	flowXo: key(),
	chatlayerTokenId: `id-${randomBytes(6).toString('hex')}`,
	chatlayerTokenSecret: key(),
	chatlayerCore: key(),
});
export type CanaryKeys = ReturnType<typeof canaryKeys>;

/** A key, and a pair where one is sent as such, in every form in which it could turn up. */
export function formsOf(secret: string): string[] {
	const bytes = Buffer.from(secret);
	const base64 = bytes.toString('base64');
	return [
		secret,
		encodeURIComponent(secret),
		secret.replaceAll('&', '&amp;').replaceAll('>', '&gt;'),
		secret.replaceAll('&', '\\u0026').replaceAll('>', '\\u003e'),
		base64,
		base64.replace(/=+$/, ''),
		bytes.toString('base64url'),
		encodeURIComponent(base64),
	];
}

/** All keys in all their forms; the id of a token is no secret. */
export function allForms({ chatlayerTokenId: id, ...secrets }: CanaryKeys): string[] {
	return [...Object.values(secrets), `${id}:${secrets.chatlayerTokenSecret}`].flatMap(formsOf);
}

/** Where which of the forms can be read. */
export function foundIn(
	seen: Iterable<readonly [where: string, text: string]>,
	forms: readonly string[],
): string[] {
	const found: string[] = [];
	for (const [where, text] of seen)
		for (const form of forms) if (text.includes(form)) found.push(`${where}: ${form}`);
	return found;
}

/** The files below a folder as texts. Modules are not ours. */
export function* textsBelow(folder: string): Generator<[string, string]> {
	for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		const path = join(folder, name);
		if (name.includes('node_modules') || name.endsWith('.tgz') || !statSync(path).isFile()) continue;
		yield [name, readFileSync(path, 'latin1')];
	}
}
