import path from 'node:path';
import type { NodeRedEditor } from './node-red-editor';

/** Where the pictures of every form go, which are for looking through and not kept. */
const ALBUM = path.resolve(__dirname, '../../build/pictures');

/** Takes a picture of the topmost dialog into `build/pictures`, only when PICTURES=1 asks for it. */
export async function takeForAlbum(editor: NodeRedEditor, name: string): Promise<void> {
	if (process.env['PICTURES'] !== '1') return;
	await editor.settle();
	await editor.dialog.screenshot({ animations: 'disabled', path: path.join(ALBUM, `${name}.png`) });
}

/** Switches the theme, as the user's settings do. */
export async function setTheme({ page }: NodeRedEditor, name: 'light' | 'dark'): Promise<void> {
	await page.evaluate((isDark) => {
		const { document } = globalThis as unknown as {
			document: { documentElement: { classList: { toggle(name: string, on: boolean): void } } };
		};
		document.documentElement.classList.toggle('nr-theme-dark', isDark);
	}, name === 'dark');
}
