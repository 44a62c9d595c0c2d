/* global PagefindUI */
const search = document.getElementById('search');
const top_ = search.dataset.top;

new PagefindUI({
	element: '#search',
	bundlePath: new URL(`${top_}pagefind/`, location.href).pathname,
	baseUrl: new URL(top_, location.href).pathname,
	showImages: false,
	showSubResults: true,
	pageSize: 6,
	translations: { placeholder: 'Search' },
});
// Its title alone is no name to every screen reader.
search.querySelector('input')?.setAttribute('aria-label', 'Search the documentation');

/** On a narrow screen the menu is folded until it is asked for. */
const menu = document.querySelector('details.menu');
const isNarrow = matchMedia('(max-width: 56rem)');
const fold = () => (menu.open = !isNarrow.matches);
isNarrow.addEventListener('change', fold);
fold();

document.addEventListener('keydown', (event) => {
	const isTyping = event.target instanceof HTMLInputElement;
	if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
	event.preventDefault();
	search.querySelector('input')?.focus();
});
