/** Words that keep their capitals. */
const PROPER = 'Flow\\.ai|Flow XO|Chatlayer|United States|Asia Pacific|South America';

/** A capital that only a title has: not one of a word in capitals, and not in a name. */
const TITLE_CAPITAL = new RegExp(`(${PROPER})|\\b[A-Z](?=[a-z])`, 'g');

const lower = (text: string): string =>
	text.replace(TITLE_CAPITAL, (found, name?: string) => name ?? found.toLowerCase());

/** "Originator Name" as Node-RED writes labels: "Originator name". Words in capitals and names stay. */
export function sentenceCase(title: string): string {
	return title.charAt(0) + lower(` ${title}`).slice(2);
}

/** The same inside a sentence: "originator name". */
export function inSentence(title: string): string {
	return lower(title);
}
