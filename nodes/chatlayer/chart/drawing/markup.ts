import { escapeMarkup } from '@convoflow/kit';

/** Attributes of an element; numbers are rounded to hundredths, what is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Signs that XML cannot hold, or that would tear a line: controls, halves of surrogate pairs, non-characters. */
const UNFIT = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;

/** A text of the user's in one line, without what XML cannot hold. */
export function plainText(text: string): string {
	return text.replace(/\s+/g, ' ').replace(UNFIT, '\uFFFD').trim();
}

/** A text as XML holds it, inside elements and attributes. */
export function escaped(text: string): string {
	return escapeMarkup(plainText(text));
}

function valueOf(value: string | number): string {
	return typeof value === 'number' ? String(Math.round(value * 100) / 100) : escaped(value);
}

/**
 * An element of SVG.
 * @param children markup that was made here; texts of the user's go through `escaped`
 */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
	const written = Object.entries(attributes).map(([key, value]) =>
		value === undefined ? '' : ` ${key}="${valueOf(value)}"`,
	);
	const start = `<${name}${written.join('')}`;
	return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}

/** An element with a text of the user's. */
export function textElement(attributes: Attributes, text: string): string {
	return element('text', attributes, escaped(text));
}

/** What a browser shows while the pointer rests on an element. */
export function tooltip(text: string): string {
	return element('title', {}, escaped(text));
}
