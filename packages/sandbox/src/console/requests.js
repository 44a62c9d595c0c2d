import { time, h, json } from './dom.js';

/** What arrived, without secrets. */
export function requestsView({ api, run }) {
	const filter = h('input', { placeholder: 'Filter by path or service', 'aria-label': 'Filter', oninput: () => draw() });
	const rows = h('tbody');
	let all = [];
	const head = ['Time', 'Service', 'Request', 'Key', 'Status', 'ms', ''].map((title) => h('th', {}, title));
	const element = h(
		'div',
		{ className: 'page' },
		h(
			'section',
			{ className: 'panel' },
			h('div', { className: 'row' }, h('h2', { className: 'grow' }, 'Requests'), filter, h('button', { type: 'button', onclick: () => run(clear) }, 'Clear')),
			h('table', {}, h('thead', {}, h('tr', {}, head)), rows),
		),
	);

	async function clear() {
		await api('DELETE', '/requests');
		await refresh({ topics: ['all'] });
	}

	function rowOf(request) {
		const colour = request.status === 0 ? 'bad' : request.status >= 400 ? 'warn' : 'good';
		const query = new URLSearchParams(request.query).toString();
		return h(
			'tr',
			{},
			h('td', { className: 'narrow' }, time(request.at)),
			h('td', { className: 'narrow' }, request.surface),
			h('td', {}, `${request.method} ${request.path}${query === '' ? '' : `?${query}`}`),
			h('td', { className: 'narrow dim' }, request.auth),
			h('td', { className: `narrow ${colour}` }, request.status === 0 ? 'cut' : request.status),
			h('td', { className: 'narrow dim' }, request.ms),
			h('td', {}, request.body === undefined ? '' : h('details', {}, h('summary', {}, 'Body'), json(request.body))),
		);
	}

	function draw() {
		const wanted = filter.value.toLowerCase();
		const matching = all.filter((request) => `${request.surface} ${request.method} ${request.path} ${request.status}`.toLowerCase().includes(wanted));
		rows.replaceChildren(...matching.slice(-150).reverse().map(rowOf));
	}

	async function refresh({ topics }) {
		if (!topics.some((topic) => topic === 'request' || topic === 'all')) return;
		all = (await api('GET', '/requests?limit=300')).requests;
		draw();
	}

	return { element, refresh };
}
