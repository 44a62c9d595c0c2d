import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import subsetFont from 'subset-font';

const range = (from: number, to: number): string =>
	String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, index) => from + index));

const LATIN = `${range(0x20, 0x7e)}${range(0xa0, 0xff)}–—‘’‚“”„…•€−×`;

/** The parts of Inter that pictures are drawn with, and their letters: the alphabets of Europe, bold for titles. */
const PARTS: Readonly<Record<string, string>> = {
	'latin-400': LATIN,
	'latin-700': LATIN,
	'latin-ext-400': `${range(0x100, 0x17f)}${range(0x218, 0x21b)}ẞ`,
	'cyrillic-400': range(0x400, 0x45f),
	'greek-400': range(0x370, 0x3ff),
};

/** Without ligatures, kerning and other refinements, which weigh as much as the letters. */
const PLAIN = {
	targetFormat: 'truetype' as const,
	noLayoutClosure: true,
	dropTables: ['GDEF', 'GPOS', 'GSUB', 'STAT', 'gasp'],
};

/** Writes the fonts for pictures, with their licence (SIL Open Font License 1.1). */
export async function writeFonts(root: string, folder: string): Promise<void> {
	const source = path.dirname(
		createRequire(path.join(root, 'package.json')).resolve('@fontsource/inter/package.json'),
	);
	await fs.mkdir(folder, { recursive: true });
	for (const [part, letters] of Object.entries(PARTS)) {
		const woff = await fs.readFile(path.join(source, 'files', `inter-${part}-normal.woff`));
		await fs.writeFile(path.join(folder, `inter-${part}.ttf`), await subsetFont(woff, letters, PLAIN));
	}
	await fs.copyFile(path.join(source, 'LICENSE'), path.join(folder, 'OFL.txt'));
}
