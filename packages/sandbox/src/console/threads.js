import { h, when } from './dom.js';
import { conversationBubble, entryBubbles } from './messages.js';

/** Threads of Flow.ai and conversations of Flow XO behind one set of calls. */
const SERVICES = {
	'Flow.ai': {
		topic: 'thread',
		list: async (api) =>
			(await api('GET', '/threads?limit=100')).threads.map((thread) => ({
				id: thread.id,
				title: thread.user,
				last: thread.last,
				at: thread.updatedAt,
				state: thread.paused ? 'paused' : thread.state,
			})),
		read: async (api, id, say) => {
			const { thread, messages } = await api('GET', `/threads/${encodeURIComponent(id)}`);
			const bubbles = messages.flatMap((entry) => entryBubbles(entry, say));
			return { title: `${thread.user} · ${thread.id}`, kind: thread.channel, paused: thread.paused, state: thread.state, bubbles };
		},
		roles: ['user', 'moderator'],
		actions: (paused) => (paused ? ['resume', 'resolve'] : ['pause', 'handover']),
		act: (api, id, action) => api('POST', `/threads/${encodeURIComponent(id)}/${action}`),
		send: (api, id, text, as, channel) => api('POST', `/threads/${encodeURIComponent(id)}/messages`, { text, as, channel }),
	},
	'Flow XO': {
		topic: 'conversation',
		list: async (api) =>
			(await api('GET', '/conversations?limit=100')).conversations.map((conversation) => ({
				id: conversation.id,
				title: conversation.user_name ?? conversation.user_id,
				last: conversation.last_message?.message ?? conversation.last_message?.type ?? 'no message',
				at: conversation.last_message?.timestamp ?? conversation.created_at,
				state: conversation.agent_mode ? 'live chat' : conversation.platform,
			})),
		read: async (api, id, say) => {
			const { messages, conversation } = await api('GET', `/conversations/${encodeURIComponent(id)}`);
			const bubbles = messages.map((message) => conversationBubble(message, say));
			return { title: `${conversation.user_name ?? conversation.user_id} · ${id}`, kind: conversation.platform, paused: conversation.agent_mode, state: conversation.agent_mode ? 'live chat' : 'open', bubbles };
		},
		roles: ['user', 'moderator'],
		actions: (paused) => [paused ? 'end live chat' : 'start live chat'],
		act: (api, id, action) => api('POST', `/conversations/${encodeURIComponent(id)}/agent-mode`, { on: action.startsWith('start') }),
		send: (api, id, text, as) => api('POST', `/conversations/${encodeURIComponent(id)}/messages`, { text, as }),
	},
};
const remembered = { service: 'Flow.ai', chosen: {} };

/** Threads live: read, write as end user or moderator, pause and resume. */
export function threadsView({ api, run }) {
	const service = () => SERVICES[remembered.service];
	const chosen = () => remembered.chosen[remembered.service];
	let rows = [];
	let drawn = '';

	const list = h('ul', { className: 'threads', 'aria-label': 'Threads' });
	const head = h('div', { className: 'head' });
	const bubbles = h('div', { className: 'bubbles', 'aria-live': 'polite' });
	const role = h('select', { 'aria-label': 'Write as' }, h('option', { value: 'user' }, 'End user'), h('option', { value: 'moderator' }, 'Moderator'));
	const input = h('input', { placeholder: 'Write a message', 'aria-label': 'Message', maxLength: 255 });
	const composer = h('form', { className: 'composer', onsubmit: submit }, role, input, h('button', { className: 'main' }, 'Send'));
	const newId = h('input', { placeholder: 'New thread id', 'aria-label': 'New thread id' });
	const channel = h('select', { 'aria-label': 'Channel' }, h('option', { value: 'socket' }, 'socket'), h('option', { value: 'rest' }, 'REST'));
	const opener = h('form', { className: 'row', onsubmit: openNew }, newId, channel, h('button', {}, 'Open'));
	const switcher = h(
		'div',
		{ className: 'row' },
		Object.keys(SERVICES).map((name) => h('button', { type: 'button', onclick: () => change(name) }, name)),
	);
	const hint = h('div', { className: 'hint dim' }, h('kbd', {}, 'j'), h('kbd', {}, 'k'), ' move ', h('kbd', {}, '/'), ' write ', h('kbd', {}, 'Esc'), ' leave');
	const element = h('div', { className: 'chat' }, h('section', { className: 'side' }, switcher, opener, list, hint), h('section', { className: 'talk' }, head, bubbles, composer));

	function change(name) {
		remembered.service = name;
		drawn = '';
		run(refresh);
	}

	function choose(id) {
		remembered.chosen[remembered.service] = id;
		drawn = '';
		run(refresh);
	}

	function submit(event) {
		event.preventDefault();
		const text = input.value.trim();
		if (text === '' || chosen() === undefined) return;
		input.value = '';
		run(() => service().send(api, chosen(), text, role.value, channel.value));
	}

	function openNew(event) {
		event.preventDefault();
		const id = newId.value.trim();
		if (id === '') return;
		newId.value = '';
		run(async () => {
			await api('POST', '/threads', { id, channel: channel.value });
			choose(id);
			input.focus();
		});
	}

	const say = (text) => run(() => service().send(api, chosen(), text, 'user', channel.value));

	async function refresh(change = { topics: ['all'] }) {
		const { topic } = service();
		if (!change.topics.some((name) => name === topic || name === 'all')) return;
		rows = await service().list(api);
		if (chosen() === undefined && rows.length > 0) remembered.chosen[remembered.service] = rows[0].id;
		opener.hidden = remembered.service !== 'Flow.ai';
		for (const button of switcher.querySelectorAll('button')) button.className = button.textContent === remembered.service ? 'main' : '';
		list.replaceChildren(...rows.map(rowOf));
		list.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
		await read();
	}

	function rowOf(row) {
		const current = row.id === chosen();
		const human = ['paused', 'handover', 'live chat'].includes(row.state);
		return h(
			'li',
			{},
			h(
				'button',
				{ type: 'button', 'aria-current': String(current), onclick: () => choose(row.id) },
				h('div', { className: 'top' }, h('strong', {}, row.title), h('span', { className: 'dim' }, when(row.at))),
				h('div', { className: 'last' }, row.last),
				// What goes without saying is not said.
				h('div', { className: 'top dim' }, h('span', {}, row.id.length > 24 ? `…${row.id.slice(-14)}` : row.id), row.state === 'open' ? null : h('span', { className: human ? 'warn' : 'dim' }, row.state)),
			),
		);
	}

	async function read() {
		const id = chosen();
		if (id === undefined) {
			bubbles.replaceChildren(h('p', { className: 'empty' }, 'No thread yet. Open one on the left.'));
			return;
		}
		const talk = await service().read(api, id, say);
		if (id !== chosen()) return;
		head.replaceChildren(
			h('strong', { className: 'grow' }, talk.title),
			h('span', { className: 'badge dim' }, talk.kind),
			h('span', { className: `badge ${talk.paused ? 'warn' : 'good'}`, id: 'bot-state' }, talk.paused ? 'Bot paused' : 'Bot active'),
			...service()
				.actions(talk.paused)
				.map((action) => h('button', { type: 'button', onclick: () => run(() => service().act(api, id, action)) }, action[0].toUpperCase() + action.slice(1))),
		);
		const atEnd = drawn !== id || bubbles.scrollHeight - bubbles.scrollTop - bubbles.clientHeight < 80;
		bubbles.replaceChildren(...talk.bubbles);
		drawn = id;
		if (atEnd) bubbles.scrollTop = bubbles.scrollHeight;
	}

	function key(event) {
		const at = rows.findIndex((row) => row.id === chosen());
		const next = { j: rows[at + 1], k: rows[at - 1] }[event.key];
		if (next) choose(next.id);
		if (event.key === '/') {
			event.preventDefault();
			input.focus();
		}
	}

	return { element, refresh, key };
}
