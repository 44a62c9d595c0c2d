import fc from 'fast-check';
import { splitText } from '../../nodes/flowai/message/split-text';

const solid = (text: string): string => text.replace(/\s+/g, '');
/** Texts with words, marks, line breaks, emoji made of several characters, and halves of surrogate pairs. */
const prose = fc
	.array(
		fc.oneof(
			fc.lorem({ maxCount: 12 }),
			fc.string({ unit: 'grapheme', maxLength: 30 }),
			fc.string({ unit: 'binary', maxLength: 10 }),
			fc.constantFrom(
				'. ',
				'! ',
				'\n\n',
				' ',
				'👨‍👩‍👧‍👦',
				'日本語の文。',
				'https://cdn.example.com/a/b?c=d',
				'\ud83d',
			),
		),
		{ maxLength: 30 },
	)
	.map((pieces) => pieces.join(''));

describe('splitText', () => {
	it('keeps every character but the white space at the seams, in order, in parts that fit', () => {
		fc.assert(
			fc.property(prose, fc.integer({ min: 2, max: 60 }), (text, max) => {
				const parts = splitText(text, max);
				for (const part of parts) expect(part.length).toBeLessThanOrEqual(max);
				expect(solid(parts.join(''))).toBe(solid(text));
				if (text.length > max) for (const part of parts) expect(part).toBe(part.trim());
				if (text.length > max) expect(parts).not.toContain('');
			}),
		);
	});

	it('leaves a text that fits as it is', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 40 }), (text) => expect(splitText(text, 40)).toEqual([text])),
		);
	});

	it('never cuts a grapheme that fits', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('👨‍👩‍👧‍👦', '🇸🇪', 'é', 'a'), { minLength: 1, maxLength: 60 }),
				(units) => {
					const graphemes = new Set<string>(units);
					for (const part of splitText(units.join(''), 20)) {
						for (const { segment } of new Intl.Segmenter('en').segment(part)) {
							// Flags side by side may be read in pairs; each is whole all the same.
							expect(graphemes.has(segment)).toBe(true);
						}
					}
				},
			),
		);
	});

	it.each([
		['between sentences', 'One two. Three four. Five.', 12, ['One two.', 'Three four.', 'Five.']],
		['with as many sentences as fit', 'One. Two. Three four.', 12, ['One. Two.', 'Three four.']],
		[
			'between words where a sentence is too long',
			'alpha beta gamma, delta',
			12,
			['alpha beta', 'gamma, delta'],
		],
		['with a mark beside its word', 'alpha beta, gamma', 11, ['alpha beta,', 'gamma']],
		['inside a word that is too long', 'abcdefghij kl', 5, ['abcde', 'fghij', 'kl']],
		['going on after the rest of a long sentence', 'aaa bbb ccc ddd. Eee.', 11, ['aaa bbb ccc', 'ddd. Eee.']],
		['without spaces, as in Japanese', '食べます。飲みます。', 5, ['食べます。', '飲みます。']],
		['inside a grapheme only when it is longer itself', `${'👩‍👩‍👧'}x`, 4, ['👩‍', '👩‍', '👧x']],
	])('splits %s', (_how, text, max, parts) => {
		expect(splitText(text, max)).toEqual(parts);
	});

	it('never leaves half of a surrogate pair', () => {
		for (const part of splitText('😀'.repeat(300), 255)) expect(encodeURIComponent(part)).not.toBe('');
	});
});
