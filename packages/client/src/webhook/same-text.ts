const utf8 = new TextEncoder();

/** Compares in a time that tells nothing of the content: both sides are hashed to equal lengths first. */
export async function isSameText(one: string, other: string): Promise<boolean> {
	const [a, b] = await Promise.all(
		[one, other].map((text) => crypto.subtle.digest('SHA-256', utf8.encode(text))),
	);
	const left = new Uint8Array(a ?? new ArrayBuffer(0));
	const right = new Uint8Array(b ?? new ArrayBuffer(1));
	let difference = left.length ^ right.length;
	for (let index = 0; index < left.length; index += 1) difference |= (left[index] ?? 0) ^ (right[index] ?? 0);
	return difference === 0;
}
