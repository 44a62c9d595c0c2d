import { h, svg } from './dom.js';

const WIDTH = 1100;
const HEIGHT = 248;
const BASE = 220;

const DAY = 24 * 3_600_000;
/** More bars than this are put together by weeks. */
const MOST_BARS = 70;

/** One bar for each day or week, gaps included. */
function bins(days) {
	if (days.length === 0) return { title: 'Conversations a day', list: [] };
	const at = days.map(({ day }) => Date.parse(day));
	const weekly = (at.at(-1) - at[0]) / DAY >= MOST_BARS;
	const length = weekly ? 7 * DAY : DAY;
	// 5 January 1970 was a Monday.
	const start = (time) => (weekly ? Math.floor((time - 4 * DAY) / length) * length + 4 * DAY : time);
	const list = [];
	for (let time = start(at[0]); time <= at.at(-1); time += length) list.push({ time, counts: {} });
	days.forEach(({ channels }, n) => {
		const { counts } = list[(start(at[n]) - list[0].time) / length];
		for (const [name, count] of Object.entries(channels)) counts[name] = (counts[name] ?? 0) + count;
	});
	return { title: weekly ? 'Conversations a week' : 'Conversations a day', list };
}

/** The next round number that can be halved. */
function roundUp(value) {
	const size = 10 ** Math.floor(Math.log10(Math.max(2, value)));
	return [1, 2, 4, 6, 8, 10].map((step) => step * size).find((step) => step >= value && step % 2 === 0) ?? size * 20;
}

const shortDay = (time) => new Date(time).toLocaleDateString([], { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Conversations by time, stacked by channel. */
function chart({ title, list }, channels) {
	const most = roundUp(Math.max(2, ...list.map(({ counts }) => Object.values(counts).reduce((a, b) => a + b, 0))));
	const step = (WIDTH - 50) / Math.max(1, list.length);
	const width = Math.max(1, Math.min(step * 0.72, 48));
	const parts = [0, 0.5, 1].flatMap((share) => {
		const y = BASE - share * (BASE - 20);
		return [svg('line', { x1: 44, x2: WIDTH, y1: y, y2: y }), svg('text', { x: 36, y: y + 4, 'text-anchor': 'end' }, String(most * share))];
	});
	const every = Math.ceil(list.length / 10);
	list.forEach(({ time, counts }, n) => {
		const middle = 48 + (n + 0.5) * step;
		let top = BASE;
		for (const [index, channel] of channels.entries()) {
			const height = ((counts[channel] ?? 0) / most) * (BASE - 20);
			if (height === 0) continue;
			top -= height;
			const bar = svg('rect', { x: middle - width / 2, y: top, width, height, class: `c${index % 8}` });
			bar.append(svg('title', {}, `${shortDay(time)}, ${channel}: ${counts[channel]}`));
			parts.push(bar);
		}
		if (n % every === 0) parts.push(svg('text', { x: middle, y: BASE + 18, 'text-anchor': 'middle' }, shortDay(time)));
	});
	return svg('svg', { class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `${title} by channel` }, parts);
}

/** A bar for each name, in the colour that `colours` gives it. */
function bars(title, counts, colours = () => 0) {
	const most = Math.max(1, ...Object.values(counts));
	const rows = Object.entries(counts).sort(([, a], [, b]) => b - a);
	const lines = rows.map(([name, count], n) => {
		const y = n * 24;
		return [
			svg('text', { x: 90, y: y + 15, 'text-anchor': 'end' }, name),
			svg('rect', { x: 98, y: y + 4, width: Math.max(1, (count / most) * 330), height: 15, rx: 3, class: `c${colours(name) % 8}` }),
			svg('text', { x: 104 + (count / most) * 330, y: y + 15 }, String(count)),
		];
	});
	const picture = svg('svg', { class: 'chart', viewBox: `0 0 500 ${Math.max(24, rows.length * 24)}`, role: 'img', 'aria-label': title }, lines.flat());
	return h('section', { className: 'panel' }, h('h2', {}, title), picture);
}

/** Numbers counted from the conversations held, and the subscriptions to events. */
export function analyticsView({ api, run }) {
	const element = h('div', { className: 'page' });

	function subscriptionRow(subscription) {
		const push = (kind) => () => run(() => api('POST', `/subscriptions/${subscription.id}/${kind}`));
		const kinds = ['verification', 'notification', 'revocation'];
		return h(
			'tr',
			{},
			[subscription.target, subscription.event_type, subscription.status].map((value) => h('td', {}, value)),
			h('td', { className: 'row' }, kinds.map((kind) => h('button', { type: 'button', onclick: push(kind) }, `Send ${kind}`))),
		);
	}

	async function refresh({ topics }) {
		if (!topics.some((topic) => ['chatlayer', 'thread', 'conversation', 'all'].includes(topic))) return;
		const [{ days, messages, languages }, { subscriptions }] = await Promise.all([api('GET', '/counts'), api('GET', '/subscriptions')]);
		const totals = {};
		for (const { channels } of days) for (const [name, count] of Object.entries(channels)) totals[name] = (totals[name] ?? 0) + count;
		const channels = Object.keys(totals).sort();
		const conversations = Object.values(totals).reduce((a, b) => a + b, 0);
		const legend = channels.map((name, n) => h('span', {}, h('i', { className: `c${n % 8}` }), name));
		const time = bins(days);
		element.replaceChildren(
			h('section', { className: 'panel' }, h('div', { className: 'row' }, h('h2', { className: 'grow' }, time.title), h('span', { className: 'dim' }, `${conversations} conversations, ${messages} messages`)), chart(time, channels), h('div', { className: 'legend' }, legend)),
			h('div', { className: 'page two even' }, bars('Conversations by channel', totals, (name) => channels.indexOf(name)), bars('Conversations by language', languages)),
			h(
				'section',
				{ className: 'panel' },
				h('h2', {}, 'Event subscriptions of Chatlayer'),
				subscriptions.length === 0
					? h('p', { className: 'dim' }, 'None. POST /chatlayer/v1/bots/k3v9x2ab/subscriptions makes one.')
					: h('table', {}, h('thead', {}, h('tr', {}, ['Target', 'Events', 'Status', ''].map((title) => h('th', {}, title)))), h('tbody', {}, subscriptions.map(subscriptionRow))),
			),
		);
	}

	// Counting a great many conversations takes a moment, so it is not done at every message.
	return { element, refresh, pause: 1000 };
}
