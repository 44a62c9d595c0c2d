import { field, h, options } from './dom.js';

const NAMES = {
	authForm: 'Form of the Flow.ai REST key',
	vocabulary: 'Names of webhook events',
	broadcast: 'Socket frames go to every connection of the client',
	nonce: 'Threads have a secret',
	syncSend: 'sync=true answers a message with the reply',
	webhookResult: 'Results sent by webhook are wrapped',
	historyOrder: 'Page 1 of a Flow.ai history holds',
	messageIds: 'Messages carry ids',
	botDelayMs: 'Milliseconds before the bot answers',
	flowXoMaxLimit: 'Largest page of Flow XO',
	flowXoRange: 'start and end of Flow XO compare',
	flowXoTotal: 'Flow XO tells the total',
	flowXoWrapMessages: 'Flow XO wraps the list of messages',
	seriesLabels: 'series_labels of Chatlayer hold',
	unevenSeries: 'Chatlayer series may end early',
	omitZeroFields: 'Chatlayer leaves zeros out',
	int64AsString: 'Chatlayer writes int64 as text',
	subscriptionSignature: 'Signature of Chatlayer pushes',
	challengePlace: 'Place of the Chatlayer challenge',
};

/** Addresses and keys to copy, and the readings of the references. */
export function settingsView({ api, run }) {
	const keys = h('div', { className: 'keys' });
	const form = h('form', { className: 'fields', onsubmit: (event) => event.preventDefault() });
	const element = h(
		'div',
		{ className: 'page two even' },
		h('section', { className: 'panel' }, h('h2', {}, 'Addresses and keys'), keys, h('p', { className: 'dim' }, 'The keys are made up and open nothing else. Everything served is described under ', h('a', { href: '/openapi.json' }, '/openapi.json'), '.')),
		h('section', { className: 'panel' }, h('h2', {}, 'Where the documents leave it open'), form),
	);

	function control(name, value, choices) {
		const change = (next) => run(() => api('PATCH', '/settings', { [name]: next }));
		const title = NAMES[name] ?? name;
		if (typeof value === 'boolean') {
			return h('label', { className: 'line' }, h('input', { type: 'checkbox', checked: value, onchange: (event) => change(event.target.checked) }), title);
		}
		if (choices) return field(title, h('select', { onchange: (event) => change(event.target.value) }, options(choices, value)));
		return field(title, h('input', { type: 'number', min: 0, value, onchange: (event) => change(Number(event.target.value)) }));
	}

	async function refresh({ topics }) {
		if (!topics.some((topic) => topic === 'settings' || topic === 'all')) return;
		const [status, { settings, choices }] = await Promise.all([api('GET', '/status'), api('GET', '/settings')]);
		const rows = [...Object.entries(status.baseUrls), ...Object.entries(status.keys)];
		keys.replaceChildren(...rows.flatMap(([name, value]) => [h('span', { className: 'dim' }, name), h('code', {}, value)]));
		form.replaceChildren(...Object.entries(settings).map(([name, value]) => control(name, value, choices[name])));
	}

	return { element, refresh };
}
