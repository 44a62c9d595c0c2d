const utf8 = new TextEncoder();

/** A digest of a text, by which it is known again and not found out: SHA-256 in hex. */
export async function digestOf(text: string): Promise<string> {
	const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text)));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Compares bytes in a time that tells nothing of where they differ. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
	let difference = one.length ^ other.length;
	for (let index = 0; index < one.length; index += 1) difference |= (one[index] ?? 0) ^ (other[index] ?? 0);
	return difference === 0;
}

/** Compares texts whose length is no secret, such as digests, in a time that tells nothing of where they differ. */
export function isSameDigest(one: string, other: string): boolean {
	let difference = one.length ^ other.length;
	for (let index = 0; index < one.length; index += 1)
		difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
	return difference === 0;
}

/** Compares in a time that tells nothing of the content: both sides are hashed to equal lengths first. */
export async function isSameText(one: string, other: string): Promise<boolean> {
	const [a, b] = await Promise.all(
		[one, other].map((text) => crypto.subtle.digest('SHA-256', utf8.encode(text))),
	);
	return isSame(new Uint8Array(a ?? new ArrayBuffer(0)), new Uint8Array(b ?? new ArrayBuffer(1)));
}
