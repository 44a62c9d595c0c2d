import type { Browser } from 'playwright-core';

/** A channel that differs by less is the same: fonts are drawn a little differently from run to run. */
const TOLERANCE = 32;

/**
 * The share of pixels that differ between two PNG pictures, from 0 to 1; 1 when their sizes differ.
 * @param browser decodes and draws them
 */
export async function changedPixels(browser: Browser, before: Buffer, after: Buffer): Promise<number> {
	const page = await browser.newPage();
	try {
		// A text of script, since it runs in the page and not here.
		const script = `async ([before, after, tolerance]) => {
			const read = async (base64) => {
				const blob = await (await fetch('data:image/png;base64,' + base64)).blob();
				const image = await createImageBitmap(blob);
				const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
				context.drawImage(image, 0, 0);
				return context.getImageData(0, 0, image.width, image.height);
			};
			const [one, two] = [await read(before), await read(after)];
			if (one.width !== two.width || one.height !== two.height) return 1;
			let changed = 0;
			for (let at = 0; at < one.data.length; at += 4)
				if ([0, 1, 2].some((channel) => Math.abs(one.data[at + channel] - two.data[at + channel]) > tolerance)) changed++;
			return changed / (one.data.length / 4);
		}`;
		const input = JSON.stringify([before.toString('base64'), after.toString('base64'), TOLERANCE]);
		return await page.evaluate<number>(`(${script})(${input})`);
	} finally {
		await page.close();
	}
}
