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
	socketHistory: 'Entries in the history beside the socket',
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

const KEYS = {
	flowAiRest: 'Flow.ai REST key',
	flowAiManagement: 'Flow.ai management key',
	flowAiClientId: 'Flow.ai socket client id',
	flowXo: 'Flow XO API key',
	chatlayerTokenId: 'Chatlayer token id',
	chatlayerTokenSecret: 'Chatlayer token secret',
	chatlayerCore: 'Chatlayer core API token',
};
const ADDRESSES = {
	flowAi: 'Flow.ai REST and management',
	flowAiSocket: 'Flow.ai socket',
	flowXo: 'Flow XO',
	chatlayer: 'Chatlayer Analytics',
	chatlayerCore: 'Chatlayer core API',
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

	/** The clipboard is only there on the own machine and over https. */
	function copy(value) {
		const button = h('button', { type: 'button', className: 'small', 'aria-label': `Copy ${value}`, hidden: !navigator.clipboard }, 'Copy');
		button.addEventListener('click', () => run(async () => {
			await navigator.clipboard.writeText(value);
			button.textContent = 'Copied';
		}));
		return button;
	}

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
		const rows = (values, names) => Object.entries(values).flatMap(([name, value]) => [h('span', { className: 'dim' }, names[name] ?? name), h('code', {}, value), copy(value)]);
		keys.replaceChildren(...rows(status.baseUrls, ADDRESSES), h('hr'), ...rows(status.keys, KEYS));
		form.replaceChildren(...Object.entries(settings).map(([name, value]) => control(name, value, choices[name])));
	}

	return { element, refresh };
}
