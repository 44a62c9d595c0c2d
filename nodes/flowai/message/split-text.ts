type Level = 'sentence' | 'word' | 'grapheme' | 'unit';

// The language-neutral rules, so that a text is split alike on every machine.
const LOCALE = 'und';

/** The segments of a text; a comma or a full stop stays with the word before it. */
function segmentsOf(text: string, level: Level): string[] {
	if (level === 'unit') return Array.from(text);
	const segments: string[] = [];
	for (const { segment, isWordLike } of new Intl.Segmenter(LOCALE, { granularity: level }).segment(text)) {
		const isMark = level === 'word' && isWordLike === false && segment.trim() !== '';
		if (isMark && segments.length > 0) segments.push(`${segments.pop() ?? ''}${segment}`);
		else segments.push(segment);
	}
	return segments;
}

function fill(text: string, max: number, [level, ...finer]: readonly Level[]): string[] {
	if (level === undefined || text.trim().length <= max) return [text.trim()];
	const parts: string[] = [];
	let part = '';
	for (const segment of segmentsOf(text, level)) {
		if (`${part}${segment}`.trim().length <= max) {
			part += segment;
			continue;
		}
		const inner = fill(segment, max, finer);
		// The rest of a long segment may share its part with what follows; its own space stands at its end.
		const last = inner.pop() ?? '';
		const space = /\s*$/.exec(segment)?.[0] ?? '';
		parts.push(part.trim(), ...inner);
		part = `${last}${space}`;
	}
	return [...parts, part.trim()];
}

/**
 * Splits a text into parts of at most `max` UTF-16 units: between sentences, where one is too long between
 * words, where one is too long between graphemes, and only inside a grapheme that is longer itself between
 * characters, never inside one. White space at the seams is left out, everything else stays in its order.
 * A text that fits stays as it is.
 * @param max at least 2, the size of one character outside the basic plane
 */
export function splitText(text: string, max: number): string[] {
	if (text.length <= max) return [text];
	return fill(text, max, ['sentence', 'word', 'grapheme', 'unit']).filter((part) => part !== '');
}
