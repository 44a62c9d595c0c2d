import { h, json, SURFACES, time, unfold } from './dom.js';

/** What arrived, without secrets. */
export function requestsView({ api, run }) {
	const filter = h('input', { placeholder: 'Filter by path or service', 'aria-label': 'Filter', oninput: () => draw() });
	const rows = h('tbody');
	const open = new Set();
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
		const colour = request.status === 0 ? 'bad' : request.status >= 500 ? 'bad' : request.status >= 400 ? 'warn' : 'good';
		const query = new URLSearchParams(request.query).toString();
		return h(
			'tr',
			{},
			h('td', { className: 'narrow' }, time(request.at, true)),
			h('td', { className: 'narrow' }, SURFACES[request.surface] ?? request.surface),
			h('td', { className: 'code wide' }, h('b', {}, request.method), ` ${request.path}`, query === '' ? null : h('span', { className: 'dim' }, `?${query}`)),
			h('td', { className: 'narrow dim' }, request.auth),
			h('td', { className: `narrow ${colour}` }, request.status === 0 ? 'cut' : request.status),
			h('td', { className: 'narrow dim' }, request.ms),
			h('td', {}, request.body === undefined ? '' : unfold(open, request.id, 'Body', json(request.body))),
		);
	}

	function draw() {
		const wanted = filter.value.toLowerCase();
		const matching = all.filter((request) => `${request.surface} ${SURFACES[request.surface]} ${request.method} ${request.path} ${request.status}`.toLowerCase().includes(wanted));
		const shown = matching.slice(-150).reverse().map(rowOf);
		const none = h('tr', {}, h('td', { className: 'dim', colSpan: 7 }, all.length === 0 ? 'Nothing has arrived yet.' : 'Nothing matches.'));
		rows.replaceChildren(...(shown.length > 0 ? shown : [none]));
	}

	async function refresh({ topics }) {
		if (!topics.some((topic) => topic === 'request' || topic === 'all')) return;
		all = (await api('GET', '/requests?limit=300')).requests;
		draw();
	}

	return { element, refresh };
}
