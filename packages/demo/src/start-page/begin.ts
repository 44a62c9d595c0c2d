import type { Print } from '../printer';
import { openBrowser } from './open-browser';
import { StartPage, type Card } from './server';

/** A page to begin with, and what tells in the terminal and on the page how far the start is. */
export interface Begun {
	readonly page: StartPage;
	readonly tell: Print;
}

/**
 * Serves the first page of a demo.
 * @param isShown opens it in the user's browser, where there is one
 */
export async function beginWithPage(
	title: string,
	cards: readonly Card[],
	print: Print,
	isShown: boolean,
): Promise<Begun> {
	const page = await StartPage.start(title, cards);
	print(`Begin here        ${page.url}`);
	if (isShown) openBrowser(page.url);
	const tell: Print = (line, isPassing) => {
		print(line, isPassing);
		page.progress(line.trim());
	};
	return { page, tell };
}
