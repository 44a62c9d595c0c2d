/** Advance widths of Inter, regular, in hundredths of an em, from the space to the tilde. */
const WIDTHS = [
	28, 29, 47, 63, 64, 98, 64, 30, 36, 36, 50, 66, 29, 46, 29, 36, 63, 41, 61, 62, 65, 59, 62, 57, 62, 62, 29,
	30, 66, 66, 66, 51, 97, 69, 65, 73, 72, 60, 59, 75, 74, 27, 57, 67, 57, 90, 75, 76, 64, 76, 64, 64, 65, 74,
	69, 99, 68, 68, 63, 36, 36, 36, 47, 46, 32, 56, 61, 57, 61, 58, 37, 61, 59, 24, 24, 55, 24, 88, 59, 60, 61,
	61, 38, 53, 33, 59, 56, 82, 55, 56, 55, 43, 33, 43, 66,
];
const FIRST = 32;
/** Letters of other alphabets, and signs that fill a square. */
const [OTHER, WIDE] = [66, 110];
/** From here on signs are mostly Chinese, Japanese, Korean or pictures. */
const WIDE_FROM = 0x2e80;
/** How much wider the bold title is, and how much wider a font may be that stands in for Inter. */
const [BOLD, SPARE] = [1.12, 1.1];

function widthOfSign(sign: string): number {
	const code = sign.codePointAt(0) ?? 0;
	return WIDTHS[code - FIRST] ?? (code >= WIDE_FROM ? WIDE : OTHER);
}

/**
 * Width that a text takes at most, in pixels: as Inter shows it, and some room for the fonts that may stand in for it.
 * @param size in pixels
 */
export function textWidth(text: string, size: number, isBold = false): number {
	let hundredths = 0;
	for (const sign of text) hundredths += widthOfSign(sign);
	return (hundredths / 100) * size * SPARE * (isBold ? BOLD : 1);
}

/** The text, cut with an ellipsis where it is wider than allowed. */
export function cutText(text: string, size: number, width: number, isBold = false): string {
	if (textWidth(text, size, isBold) <= width) return text;
	let cut = '';
	for (const sign of text) {
		if (textWidth(`${cut}${sign}…`, size, isBold) > width) break;
		cut += sign;
	}
	return `${cut.trimEnd()}…`;
}

/** The text in at most so many lines, broken between words; the last one is cut. */
export function wrapText(text: string, size: number, width: number, lines: number, isBold = false): string[] {
	const wrapped: string[] = [];
	let rest = text;
	while (rest !== '' && wrapped.length < lines - 1 && textWidth(rest, size, isBold) > width) {
		const words = rest.split(' ');
		let count = 1;
		while (count < words.length && textWidth(words.slice(0, count + 1).join(' '), size, isBold) <= width)
			count += 1;
		// A word that fills the line by itself is cut at the end.
		if (textWidth(words.slice(0, count).join(' '), size, isBold) > width) break;
		wrapped.push(words.slice(0, count).join(' '));
		rest = words.slice(count).join(' ');
	}
	return rest === '' ? wrapped : [...wrapped, cutText(rest, size, width, isBold)];
}
