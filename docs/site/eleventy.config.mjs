import { readFileSync } from 'node:fs';
import path from 'node:path';
import { markdownLinks } from './markdown-links.mjs';
import { navigation } from './navigation.mjs';

/** The first heading of a page, without marks. */
function titleOf(inputPath) {
	const [, title = ''] = /^# (.+)$/m.exec(readFileSync(inputPath, 'utf8')) ?? [];
	return title.replace(/[`*]/g, '');
}

/** The way from a page to the top of the site, so that it may stand in any folder of a server. */
const toTop = (inputPath) => '../'.repeat(inputPath.split('/').length - 3) || './';

/** The site of the documentation: the Markdown of `docs` as it is, with a menu and a search. */
export default function site(config) {
	config.addTemplateFormats('md');
	config.ignores.add('docs/site/**');
	config.addPassthroughCopy({ 'docs/pictures': 'pictures', 'docs/site/assets': 'assets' });
	config.amendLibrary('md', markdownLinks);
	config.addGlobalData('layout', 'page.njk');
	config.addGlobalData('permalink', () => (data) => `${data.page.filePathStem.slice(1)}.html`);
	config.addGlobalData('eleventyComputed', {
		title: (data) => titleOf(data.page.inputPath),
		top: (data) => toTop(data.page.inputPath),
	});
	config.addCollection('menu', (api) => {
		const pages = new Map(api.getAll().map((page) => [page.filePathStem.slice(1), page]));
		const inFolder = (folder) => [...pages.keys()].filter((name) => name.startsWith(folder)).sort();
		return navigation.map(({ title, pages: names, folder }) => ({
			title,
			pages: (names ?? inFolder(folder)).flatMap((name) => pages.get(name) ?? []),
		}));
	});
	return {
		dir: { input: 'docs', output: 'build/docs', includes: path.join('site', 'layouts') },
		// Documents hold expressions of n8n, which look like those of a template.
		markdownTemplateEngine: false,
	};
}
