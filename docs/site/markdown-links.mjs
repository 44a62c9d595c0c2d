import path from 'node:path';
import anchors from './anchor.js';

const REPOSITORY = 'https://github.com/convoflow/convoflow/blob/main/';

/**
 * Where a link of a document leads on the site: pages are html there, and what is no part of the docs is in the
 * repository.
 * @param {string} href as the document has it
 * @param {string} file the document, from the root of the repository
 */
export function siteLink(href, file) {
	if (/^(\w+:|#)/.test(href)) return href;
	const [target, fragment] = href.split('#');
	const to = path.posix.normalize(path.posix.join(path.posix.dirname(file), target));
	const end = fragment === undefined ? '' : `#${fragment}`;
	if (!to.startsWith('docs/')) return `${REPOSITORY}${to}${end}`;
	return `${target.replace(/\.md$/, '.html')}${end}`;
}

/** Gives each heading the fragment that links lead to; one that stands there twice gets a number. */
function addAnchors(tokens) {
	const seen = new Map();
	for (const [at, { type }] of tokens.entries()) {
		if (type !== 'heading_open') continue;
		const words = tokens[at + 1].children.map(({ content }) => content).join('');
		const base = anchors.anchor(words);
		const count = seen.get(base) ?? 0;
		seen.set(base, count + 1);
		tokens[at].attrSet('id', count === 0 ? base : `${base}-${count}`);
	}
}

/** Lets markdown-it write the links of the site and the headings that they lead to. */
export function markdownLinks(markdown) {
	markdown.core.ruler.push('site-links', ({ tokens, env }) => {
		addAnchors(tokens);
		const file = env.page.inputPath.replace(/^\.\//, '');
		for (const token of tokens.flatMap(({ children }) => children ?? [])) {
			if (token.type === 'link_open') token.attrSet('href', siteLink(token.attrGet('href'), file));
		}
	});
	// A table that is wider than the page scrolls in a frame of its own, which the keyboard must reach.
	markdown.renderer.rules.table_open = () =>
		'<div class="table" tabindex="0" role="region" aria-label="Table"><table>\n';
	markdown.renderer.rules.table_close = () => '</table></div>\n';
	const fence = markdown.renderer.rules.fence;
	markdown.renderer.rules.fence = (...args) => fence(...args).replace('<pre', '<pre tabindex="0"');
}
