/** Makes an element. Text is always set as text, so what a message holds is never read as markup. */
export function h(tag, props = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(props)) {
		if (value === undefined || value === null || value === false) continue;
		if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
		else if (name in element && name !== 'list' && name !== 'role') element[name] = value;
		else element.setAttribute(name, value === true ? '' : value);
	}
	element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
	return element;
}

/** Makes an SVG element. */
export function svg(tag, attributes = {}, ...children) {
	const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
	for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
	element.append(...children.flat());
	return element;
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hour12: false };

/** The day where it is not today, in as few characters as will do. */
function day(at) {
	const now = new Date();
	if (at.toDateString() === now.toDateString()) return '';
	const year = at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' };
	return at.toLocaleDateString([], { day: 'numeric', month: 'short', ...year });
}

/** The time of today, the day of other days: for lists. */
export function when(iso) {
	const at = new Date(iso);
	return day(at) || at.toLocaleTimeString([], CLOCK);
}

/** Day and time, to the minute or to the second. */
export function time(iso, seconds = false) {
	const at = new Date(iso);
	return `${day(at)} ${at.toLocaleTimeString([], seconds ? { ...CLOCK, second: '2-digit' } : CLOCK)}`.trim();
}

/** A part to unfold; it stays as it is when its row is drawn anew, as long as `open` remembers its id. */
export function unfold(open, id, title, content) {
	const remember = (event) => (event.target.open ? open.add(id) : open.delete(id));
	return h('details', { open: open.has(id), ontoggle: remember }, h('summary', {}, title), content);
}

/** Names of the doors of the sandbox, for people. */
export const SURFACES = {
	'flowai-rest': 'Flow.ai REST',
	'flowai-socket-info': 'Flow.ai socket.info',
	'flowai-socket': 'Flow.ai socket',
	'flowai-management': 'Flow.ai management',
	flowxo: 'Flow XO',
	chatlayer: 'Chatlayer Analytics',
	'chatlayer-core': 'Chatlayer core API',
	webhook: 'Webhook calls',
};

export const json = (value) => h('pre', {}, JSON.stringify(value, null, 2) ?? '');

export function field(label, control) {
	return h('label', {}, label, control);
}

export function options(list, chosen) {
	return list.map((value) => h('option', { value, selected: value === chosen }, value));
}
