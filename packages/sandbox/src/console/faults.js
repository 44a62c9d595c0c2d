import { field, h, json, options, SURFACES, unfold } from './dom.js';

/** Faults people ask for most, as they are sent to the sandbox. */
const READY = {
	'429 with Retry-After (3 calls)': { times: 3, action: { type: 'status', status: 429, retryAfter: 2 } },
	'500 (3 calls)': { times: 3, action: { type: 'status', status: 500 } },
	'503 with Retry-After (1 call)': { times: 1, action: { type: 'status', status: 503, retryAfter: 1 } },
	'401 (until removed)': { action: { type: 'status', status: 401 } },
	'Slow: 2 s and up to 1 s more': { action: { type: 'latency', ms: 2000, jitterMs: 1000 } },
	'Sign-in page instead of JSON': { times: 1, action: { type: 'html' } },
	'Body cut short': { times: 1, action: { type: 'truncate' } },
	'Reset before the request counts': { times: 1, action: { type: 'reset', when: 'before' } },
	'Reset after the request counted': { times: 1, action: { type: 'reset', when: 'after' } },
	'New row while paging': { times: 1, action: { type: 'list', insert: 1 } },
	'Lower page size silently': { action: { type: 'list', maxLimit: 10 } },
	'Slow drip': { times: 1, action: { type: 'drip', bytes: 8, everyMs: 100 } },
	'Row removed while paging': { times: 1, action: { type: 'list', remove: 1 } },
	'Cut all sockets (close frame)': { match: { surface: 'flowai-socket' }, action: { type: 'cut' } },
	'Cut all sockets (no close frame)': { match: { surface: 'flowai-socket' }, action: { type: 'cut', closeFrame: false } },
	'Half-open sockets': { match: { surface: 'flowai-socket' }, action: { type: 'halfOpen' } },
	'Garbage frame': { match: { surface: 'flowai-socket' }, action: { type: 'garbage' } },
	'Oversized frame (2 MB)': { match: { surface: 'flowai-socket' }, action: { type: 'garbage', bytes: 2_000_000 } },
	'Frame twice': { match: { surface: 'flowai-socket' }, times: 1, action: { type: 'duplicate' } },
	'Frame 3 s late': { match: { surface: 'flowai-socket' }, times: 1, action: { type: 'delay', ms: 3000 } },
	'Webhook 3 s late': { match: { surface: 'webhook' }, times: 1, action: { type: 'delay', ms: 3000 } },
	'Webhook twice': { match: { surface: 'webhook' }, times: 1, action: { type: 'duplicate', together: true } },
	'Webhooks in the wrong order': { match: { surface: 'webhook' }, times: 1, action: { type: 'reorder' } },
	'Messages without ids': { match: { surface: 'webhook' }, action: { type: 'stripIds' } },
};

const nameOf = (action) => [action.type, action.status, action.when].filter(Boolean).join(' ');

/** Faults: choose a ready one or write one, see how often it struck, remove it. */
export function faultsView({ api, run }) {
	const ready = h('select', { onchange: fill }, options(Object.keys(READY)));
	const surface = h('select', { onchange: fill });
	const text = h('textarea', { rows: 12, spellcheck: false, 'aria-label': 'Fault as JSON' });
	const rows = h('tbody');
	const open = new Set();
	const form = h(
		'form',
		{ className: 'fields', onsubmit: add },
		h('h2', {}, 'Add a fault'),
		field('Ready-made', ready),
		field('Where', surface),
		field('As JSON', text),
		h('div', { className: 'row' }, h('button', { className: 'main' }, 'Add'), h('button', { type: 'button', onclick: () => run(() => api('DELETE', '/faults')) }, 'Remove all')),
	);
	const head = ['Where', 'What', 'Matched', 'Struck', ''].map((title) => h('th', {}, title));
	const table = h('table', {}, h('thead', {}, h('tr', {}, head)), rows);
	const element = h('div', { className: 'page two' }, h('section', { className: 'panel' }, form), h('section', { className: 'panel' }, h('h2', {}, 'Active faults'), table));

	function fill() {
		const fault = READY[ready.value];
		surface.disabled = fault.match?.surface !== undefined;
		if (surface.disabled) surface.value = fault.match.surface;
		text.value = JSON.stringify({ match: { surface: surface.value }, ...fault }, null, 2);
	}

	function add(event) {
		event.preventDefault();
		run(() => api('POST', '/faults', JSON.parse(text.value)));
	}

	function rowOf(fault) {
		const where = [SURFACES[fault.match?.surface] ?? 'Anywhere', fault.match?.method, fault.match?.path, fault.match?.event].filter(Boolean).join(' ');
		const used = fault.times !== undefined && fault.fired >= fault.times;
		return h(
			'tr',
			{},
			h('td', { className: 'wide' }, where),
			h('td', {}, unfold(open, fault.id, nameOf(fault.action), json(fault.action))),
			h('td', { className: 'narrow' }, fault.seen),
			h('td', { className: `narrow ${used ? 'dim' : 'warn'}` }, `${fault.fired}${fault.times === undefined ? '' : ` of ${fault.times}`}`),
			h('td', { className: 'narrow' }, h('button', { type: 'button', onclick: () => run(() => api('DELETE', `/faults/${fault.id}`)) }, 'Remove')),
		);
	}

	async function refresh({ topics }) {
		if (!topics.some((topic) => topic === 'faults' || topic === 'all')) return;
		const { faults, surfaces } = await api('GET', '/faults');
		if (surface.options.length === 0) {
			surface.append(...surfaces.map((value) => h('option', { value }, SURFACES[value] ?? value)));
			fill();
		}
		rows.replaceChildren(...(faults.length > 0 ? faults.map(rowOf) : [h('tr', {}, h('td', { className: 'dim', colSpan: 5 }, 'Nothing goes wrong.'))]));
	}

	return { element, refresh };
}
