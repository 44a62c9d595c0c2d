/** Hosts as people list them: with spaces, commas or lines between them. */
export function hostList(text: string): string[] {
	return text.split(/[\s,]+/).filter((one) => one !== '');
}
