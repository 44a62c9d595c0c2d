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

/** The time of today, the date of other days. */
export function time(iso) {
	const at = new Date(iso);
	const today = at.toDateString() === new Date().toDateString();
	return today ? at.toLocaleTimeString() : `${at.toLocaleDateString()} ${at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}`;
}

export const json = (value) => h('pre', {}, JSON.stringify(value, null, 2) ?? '');

export function field(label, control) {
	return h('label', {}, label, control);
}

export function options(list, chosen) {
	return list.map((value) => h('option', { value, selected: value === chosen }, value));
}
