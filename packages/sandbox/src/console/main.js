import { api, listen } from './api.js';
import { h } from './dom.js';
import { analyticsView } from './analytics.js';
import { eventsView } from './events.js';
import { faultsView } from './faults.js';
import { requestsView } from './requests.js';
import { settingsView } from './settings.js';
import { threadsView } from './threads.js';

/** Views in the order of their number keys. Each makes `{ element, refresh(change), key(event) }`. */
const VIEWS = [
	['threads', 'Threads', threadsView],
	['events', 'Events', eventsView],
	['requests', 'Requests', requestsView],
	['faults', 'Faults', faultsView],
	['analytics', 'Analytics', analyticsView],
	['settings', 'Keys and settings', settingsView],
];
const tabs = document.getElementById('tabs');
const place = document.getElementById('view');
const notice = document.getElementById('notice');
let current;
let hideNotice;

/** Shows what went wrong, for a while. */
function report(error) {
	notice.textContent = error.message;
	notice.hidden = false;
	clearTimeout(hideNotice);
	hideNotice = setTimeout(() => (notice.hidden = true), 6000);
}

const tools = {
	api,
	/** Runs an action and shows its error. */
	run: (action) => Promise.resolve().then(action).catch(report),
};

/** Refreshes the view; what changes meanwhile is refreshed afterwards, in one go. */
let refreshing = false;
let waiting = new Set();
async function refresh(topics) {
	for (const topic of topics) waiting.add(topic);
	if (refreshing) return;
	refreshing = true;
	while (waiting.size > 0) {
		const change = { topics: [...waiting] };
		waiting = new Set();
		const view = current;
		await tools.run(() => view.refresh(change));
		await new Promise((resolve) => setTimeout(resolve, view.pause ?? 0));
	}
	refreshing = false;
}

function show(name) {
	const view = VIEWS.find(([id]) => id === name) ?? VIEWS[0];
	for (const tab of tabs.children) tab.setAttribute('aria-selected', String(tab.dataset.view === view[0]));
	current = view[2](tools);
	place.replaceChildren(current.element);
	refresh(['all']);
}

tabs.append(
	...VIEWS.map(([id, title], n) => {
		const tab = h('button', { type: 'button', role: 'tab', onclick: () => (location.hash = id) }, title, h('kbd', {}, n + 1));
		tab.dataset.view = id;
		return tab;
	}),
);
addEventListener('hashchange', () => show(location.hash.slice(1)));
addEventListener('keydown', (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey) return;
	if (event.key === 'Escape') document.activeElement.blur();
	if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
	const view = VIEWS[Number(event.key) - 1];
	if (view) location.hash = view[0];
	else current?.key?.(event);
});

const status = document.getElementById('status');
async function refreshStatus() {
	const { sockets } = await api('GET', '/status');
	status.textContent = `${location.host} · ${sockets} ${sockets === 1 ? 'socket' : 'sockets'}`;
}

show(location.hash.slice(1));
listen(
	(change) => {
		refresh(change.topics);
		if (change.topics.includes('sockets') || change.topics.includes('all')) tools.run(refreshStatus);
	},
	(live) => {
		status.classList.toggle('live', live);
		if (!live) status.textContent = 'The sandbox does not answer';
	},
);
