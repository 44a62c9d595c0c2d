import type { Page } from 'playwright-core';

// What runs inside the editor's page. It has no types of the browser, since no package of the project has a DOM.

interface Box {
	val(): string | null;
	val(value: string): Box;
	attr(name: string): string | undefined;
	is(selector: string): boolean;
	trigger(event: string): Box;
	typedInput(method: 'type'): string;
	typedInput(method: 'type' | 'value', value: string): Box;
	data(name: string): unknown;
}
interface Editor {
	readonly $: (
		selector: string | object,
	) => Box & { each(visit: (index: number, element: object) => void): void };
	readonly getComputedStyle: (element: object) => { color: string; backgroundColor: string };
}

/** Fills every field of the open dialog that takes words: those that can come with a message read one. */
export async function fillEverything(page: Page): Promise<void> {
	await page.evaluate(() => {
		const { $ } = globalThis as unknown as Editor;
		const dialog = '.red-ui-tray:last';
		$(`${dialog} [id^=node-input-]`).each((_index, element) => {
			const box = $(element);
			const id = box.attr('id') ?? '';
			if (box.data('noderedTypedInput') ?? box.data('nodered-typedInput')) {
				if (!box.is('[aria-label]')) return;
				box.typedInput('type', 'msg');
				// A field that decides what the node looks like takes no message.
				if (box.typedInput('type') === 'msg') box.typedInput('value', `filled.${id.replace(/\W/g, '')}`);
			} else if (box.is('input[type=text]:visible') && !box.is('[readonly]') && id !== 'node-input-path') {
				box.val(`filled ${id}`).trigger('change');
			}
		});
	});
}

/** What the open dialog would store, by property. */
export async function storedValues(page: Page): Promise<Record<string, string>> {
	return await page.evaluate(() => {
		const { $ } = globalThis as unknown as Editor;
		const values: Record<string, string> = {};
		$('.red-ui-tray:last [id^=node-input-]').each((_index, element) => {
			const box = $(element);
			const value = box.val();
			if (!box.is('button, a') && typeof value === 'string') values[box.attr('id') ?? ''] = value;
		});
		return values;
	});
}

/** Controls of the open dialog that a screen reader could not name. */
export async function unnamedControls(page: Page): Promise<string[]> {
	return await page.evaluate(() => {
		interface Element {
			readonly id: string;
			readonly tagName: string;
			readonly className: string;
			readonly title: string;
			readonly innerText: string;
			readonly labels: { readonly length: number } | null;
			readonly offsetParent: object | null;
			getAttribute(name: string): string | null;
			closest(selector: string): object | null;
		}
		const { document } = globalThis as unknown as {
			document: { querySelectorAll(selector: string): Iterable<Element> };
		};
		const own = '.red-ui-tray .convoflow-form :is(input, select, textarea, button)';
		return [...document.querySelectorAll(own)]
			.filter((one) => one.offsetParent !== null && one.getAttribute('type') !== 'hidden')
			.filter((one) => {
				const name = one.getAttribute('aria-label') ?? one.getAttribute('aria-labelledby') ?? one.title;
				return !(name || one.innerText.trim() || (one.labels && one.labels.length > 0));
			})
			.map((one) => `${one.tagName} ${one.id || one.className}`);
	});
}

/** Words of the open dialog that are hard to read on what is behind them (WCAG 2.2: 4.5 to 1). */
export async function faintWords(page: Page): Promise<string[]> {
	return await page.evaluate(() => {
		interface Element {
			readonly innerText: string;
			readonly parentElement: Element | null;
			readonly offsetParent: object | null;
		}
		const { document, getComputedStyle } = globalThis as unknown as {
			document: { querySelectorAll(selector: string): Iterable<Element> };
		} & Editor;
		const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
		const luminance = (color: string): number => {
			const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
				const part = value / 255;
				return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
			});
			return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
		};
		const behind = (element: Element | null): string => {
			for (let one = element; one; one = one.parentElement) {
				const color = getComputedStyle(one).backgroundColor;
				if ((channels(color)[3] ?? 1) > 0.9 && channels(color).length > 0) return color;
			}
			return 'rgb(255, 255, 255)';
		};
		const own = '.red-ui-tray .convoflow-form :is(label, summary, .convoflow-hint, .convoflow-description)';
		return [...document.querySelectorAll(own)]
			.filter((one) => one.offsetParent !== null && one.innerText.trim() !== '')
			.flatMap((one) => {
				const [light = 0, dark = 0] = [getComputedStyle(one).color, behind(one)]
					.map(luminance)
					.sort((a, b) => b - a);
				const ratio = (light + 0.05) / (dark + 0.05);
				return ratio < 4.5 ? [`${one.innerText.trim().slice(0, 40)}: ${ratio.toFixed(1)}`] : [];
			});
	});
}
