import { field, h, json, options, time } from './dom.js';

const kept = { event: 'message', thread: 't-100', body: '' };

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
		field('Proof', auth),
		proof,
		h('div', { className: 'row' }, h('button', { className: 'main' }, 'Save'), h('button', { type: 'button', onclick: () => run(remove) }, 'Remove')),
		saved,
	);
	const event = h('input', { list: 'event-names', value: kept.event, 'aria-label': 'Event' });
	const names = h('datalist', { id: 'event-names' });
	event.setAttribute('list', 'event-names');
	const thread = h('input', { value: kept.thread });
	const body = h('textarea', { rows: 5, placeholder: 'Left empty, a believable body is sent', value: kept.body });
	const fire = h(
		'form',
		{ className: 'fields', onsubmit: send },
		h('h2', {}, 'Fire an event'),
		field('Event', event),
		names,
		field('Thread', thread),
		field('Body (JSON)', body),
		h('button', { className: 'main' }, 'Fire'),
	);
	const rows = h('tbody');
	const table = h(
		'section',
		{ className: 'panel' },
		h('div', { className: 'row' }, h('h2', { className: 'grow' }, 'Deliveries'), h('button', { type: 'button', onclick: () => run(clear) }, 'Clear')),
		h('table', {}, h('thead', {}, h('tr', {}, ['Time', 'Event', 'Status', 'Attempts', ''].map((title) => h('th', {}, title)))), rows),
	);
	const element = h('div', { className: 'page two' }, h('div', { className: 'page' }, h('section', { className: 'panel' }, hook), h('section', { className: 'panel' }, fire)), table);

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
		Object.assign(kept, { event: event.value, thread: thread.value, body: body.value });
		run(() => api('POST', '/events', { event: event.value, threadId: thread.value, ...(body.value.trim() === '' ? {} : { body: JSON.parse(body.value) }) }));
	}

	async function clear() {
		await api('DELETE', '/deliveries');
		await refresh({ topics: ['all'] });
	}

	function rowOf(delivery) {
		const colour = { delivered: 'good', failed: 'bad', waiting: 'warn', cancelled: 'dim' }[delivery.status];
		const tried = delivery.attempts.map((attempt) => attempt.status ?? attempt.error).join(', ');
		const next = delivery.nextAttemptAt ? ` · next ${time(delivery.nextAttemptAt)}` : '';
		return h(
			'tr',
			{},
			h('td', { className: 'narrow' }, time(delivery.createdAt)),
			h('td', { className: 'narrow' }, delivery.event),
			h('td', { className: `narrow ${colour}` }, delivery.status),
			h('td', {}, tried + next),
			h('td', {}, h('details', {}, h('summary', {}, 'Body'), json(delivery.body))),
		);
	}

	async function refresh({ topics }) {
		const concerned = (...wanted) => topics.some((topic) => topic === 'all' || wanted.includes(topic));
		if (concerned('settings')) {
			const { webhook } = await api('GET', '/webhook');
			saved.textContent = webhook ? `Events go to ${webhook.url}` : 'No webhook is set.';
			if (webhook && url.value === '') url.value = webhook.url;
			const { events } = await api('GET', '/events');
			names.replaceChildren(...options(events));
		}
		if (concerned('delivery')) {
			const { deliveries } = await api('GET', '/deliveries?limit=100');
			rows.replaceChildren(...deliveries.slice(-100).reverse().map(rowOf));
		}
	}

	return { element, refresh };
}
