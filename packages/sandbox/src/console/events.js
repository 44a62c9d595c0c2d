import { field, h, json, options, time, unfold } from './dom.js';

const kept = { place: 'webhook', event: 'message', thread: 't-100', body: '', action: '', token: '', query: 'Book it' };
/** Frames that the sandbox sends of its own accord, or only when they are fired here. */
const FRAMES = ['agent.typing', 'interruption.occurred', 'message.received', 'message.delivered', 'error', 'secret.generated'];
const PLACES = { webhook: 'Webhook of the REST channel', socket: 'Sockets of the thread' };

/** The webhook, firing events, and deliveries with their attempts. */
export function eventsView({ api, run }) {
	const url = h('input', { type: 'url', placeholder: 'http://localhost:5678/webhook/…' });
	const auth = h('select', { onchange: proofChanged }, options(['none', 'token in header', 'token in query', 'jwt'], 'none'));
	const name = h('input', { value: 'x-access-token' });
	const secret = h('input', { type: 'password', autocomplete: 'off', placeholder: 'token or secret' });
	const proof = h('div', { className: 'fields', hidden: true }, field('Name of header or query field', name), field('Token or secret', secret));
	const saved = h('p', { className: 'dim' });
	const hook = h(
		'form',
		{ className: 'fields', onsubmit: save },
		h('h2', {}, 'Webhook of the Flow.ai REST channel'),
		field('Address', url),
		field('Proof that the call is genuine', auth),
		proof,
		h('div', { className: 'row' }, h('button', { className: 'main' }, 'Save'), h('button', { type: 'button', onclick: () => run(remove) }, 'Remove')),
		saved,
	);
	const event = h('input', { list: 'event-names', value: kept.event, 'aria-label': 'Event' });
	const names = h('datalist', { id: 'event-names' });
	const place = h('select', { onchange: placeChanged }, Object.entries(PLACES).map(([value, title]) => h('option', { value, selected: value === kept.place }, title)));
	let webhookEvents = [];
	event.setAttribute('list', 'event-names');
	const thread = h('input', { value: kept.thread });
	const body = h('textarea', { rows: 5, placeholder: 'Left empty, a believable body is sent', value: kept.body });
	const fire = h(
		'form',
		{ className: 'fields', onsubmit: send },
		h('h2', {}, 'Fire an event'),
		field('Where', place),
		field('Event', event),
		names,
		field('Thread', thread),
		field('Body (JSON)', body),
		h('button', { className: 'main' }, 'Fire'),
	);
	const action = h('input', { type: 'url', value: kept.action, placeholder: 'http://localhost:5678/webhook/…', required: true });
	const token = h('input', { value: kept.token, placeholder: 'verifyToken', required: true, autocomplete: 'off' });
	const query = h('input', { value: kept.query });
	const outcome = h('p', { className: 'dim' });
	const actionForm = h(
		'form',
		{ className: 'fields', onsubmit: callAction },
		h('h2', {}, 'Call an action webhook'),
		field('Action address', action),
		field('Verify token', token),
		field('What the user said', query),
		h('button', { className: 'main' }, 'Call'),
		outcome,
	);
	const rows = h('tbody');
	const open = new Set();
	const table = h(
		'section',
		{ className: 'panel' },
		h('div', { className: 'row' }, h('h2', { className: 'grow' }, 'Deliveries'), h('button', { type: 'button', onclick: () => run(clear) }, 'Clear')),
		h('table', {}, h('thead', {}, h('tr', {}, ['Time', 'Event', 'Status', 'Attempts', ''].map((title) => h('th', {}, title)))), rows),
	);
	const element = h('div', { className: 'page two' }, h('div', { className: 'page' }, h('section', { className: 'panel' }, hook), h('section', { className: 'panel' }, fire), h('section', { className: 'panel' }, actionForm)), table);

	function proofChanged() {
		proof.hidden = auth.value === 'none';
	}

	function save(submitted) {
		submitted.preventDefault();
		const proofs = {
			none: { type: 'none' },
			'token in header': { type: 'token', in: 'header', name: name.value, value: secret.value },
			'token in query': { type: 'token', in: 'query', name: name.value, value: secret.value },
			jwt: { type: 'jwt', secret: secret.value, header: name.value },
		};
		run(async () => {
			await api('PUT', '/webhook', { url: url.value, auth: proofs[auth.value] });
			secret.value = '';
		});
	}

	const remove = () => api('DELETE', '/webhook');

	function send(submitted) {
		submitted.preventDefault();
		Object.assign(kept, { place: place.value, event: event.value, thread: thread.value, body: body.value });
		run(() => {
			const content = body.value.trim() === '' ? undefined : JSON.parse(body.value);
			if (place.value === 'socket') return api('POST', `/threads/${encodeURIComponent(thread.value)}/frames`, { type: event.value, ...content });
			return api('POST', '/events', { event: event.value, threadId: thread.value, ...(content === undefined ? {} : { body: content }) });
		});
	}

	function placeChanged() {
		const socket = place.value === 'socket';
		names.replaceChildren(...options(socket ? FRAMES : webhookEvents));
		body.placeholder = socket ? 'What stands beside the type: {"payload": {…}}' : 'Left empty, a believable body is sent';
	}

	function callAction(submitted) {
		submitted.preventDefault();
		Object.assign(kept, { action: action.value, token: token.value, query: query.value });
		run(async () => {
			const answer = await api('POST', '/action-webhook/calls', { url: action.value, verifyToken: token.value, query: query.value, threadId: thread.value });
			outcome.textContent = answer.taken ? 'The answer was said in the thread.' : `Status ${answer.status}: no answer with the right verifyToken came.`;
		});
	}

	async function clear() {
		await api('DELETE', '/deliveries');
		await refresh({ topics: ['all'] });
	}

	function rowOf(delivery) {
		const colour = { delivered: 'good', failed: 'bad', waiting: 'warn', cancelled: 'dim' }[delivery.status];
		const tried = delivery.attempts.map((attempt) => attempt.status ?? attempt.error).join(', ');
		const next = delivery.nextAttemptAt ? ` · next ${time(delivery.nextAttemptAt, true)}` : '';
		return h(
			'tr',
			{},
			h('td', { className: 'narrow' }, time(delivery.createdAt, true)),
			h('td', { className: 'narrow' }, delivery.event),
			h('td', { className: `narrow ${colour}` }, delivery.status),
			h('td', { className: 'wide' }, tried + next),
			h('td', {}, unfold(open, delivery.id, 'Body', json(delivery.body))),
		);
	}

	async function refresh({ topics }) {
		const concerned = (...wanted) => topics.some((topic) => topic === 'all' || wanted.includes(topic));
		if (concerned('settings')) {
			const { webhook } = await api('GET', '/webhook');
			saved.textContent = webhook ? `Events go to ${webhook.url}` : 'No webhook is set.';
			if (webhook && url.value === '') url.value = webhook.url;
			({ events: webhookEvents } = await api('GET', '/events'));
			placeChanged();
		}
		if (concerned('delivery')) {
			const { deliveries } = await api('GET', '/deliveries?limit=100');
			const none = h('tr', {}, h('td', { className: 'dim', colSpan: 5 }, 'Nothing was sent yet.'));
			rows.replaceChildren(...(deliveries.length > 0 ? deliveries.reverse().map(rowOf) : [none]));
		}
	}

	return { element, refresh };
}
