import { writeFile } from 'node:fs/promises';
import { readPng, type Picture } from '../support/picture';
import { launchBrowser } from './node-red-editor';

/**
 * Draws an SVG as a browser shows it, with two pixels for one of the SVG.
 * @param file where the picture is kept, for looking at it
 */
export async function drawInBrowser(svg: string, file: string): Promise<Picture> {
	const browser = await launchBrowser();
	try {
		const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 1_200, height: 800 } });
		await page.setContent(`<body style="margin: 0">${svg}</body>`);
		const png = await page.locator('svg').screenshot();
		await writeFile(file, png);
		return await readPng(png);
	} finally {
		await browser.close();
	}
}
