import { h, json, time } from './dom.js';

/** What a response template looks like. `say` sends a text as the end user. */
const TEMPLATES = {
	text: (payload) => h('span', {}, payload.text ?? ''),
	image: (payload) => picture(payload.url, payload.title),
	video: (payload) => link('Video', payload),
	audio: (payload) => link('Audio', payload),
	file: (payload) => link('File', payload),
	location: (payload) => h('span', {}, `Place: ${payload.title ?? ''} ${payload.lat}, ${payload.long}`),
	card: (payload, say) => card(payload, say),
	carousel: (payload, say) => h('div', { className: 'cards' }, (payload.cards ?? []).map((item) => card(item, say))),
	list: (payload, say) => h('div', { className: 'cards' }, (payload.items ?? []).map((item) => card(item, say))),
	buttons: (payload, say) => h('div', {}, payload.title ?? '', buttons(payload.buttons, say)),
	event: (payload) => h('em', {}, `Event ${payload.name}`),
	handover: () => h('em', {}, 'Handed over to a human'),
	media: (payload) => picture(payload.url, payload.type),
};

function picture(url, title) {
	const own = typeof url === 'string' && url.startsWith(location.origin);
	const name = String(url ?? '').split('/').at(-1) || 'picture';
	return h('div', { className: 'picture', title: url }, own ? h('img', { src: url, alt: title ?? '' }) : name);
}

function link(kind, payload) {
	return h('span', {}, `${kind}: `, h('a', { href: safe(payload.url), target: '_blank', rel: 'noreferrer' }, payload.title ?? payload.url ?? ''));
}

/** Only web addresses become links. */
function safe(url) {
	return /^https?:\/\//.test(url ?? '') ? url : '#';
}

function buttons(list, say) {
	return (list ?? []).map((button) => h('button', { type: 'button', title: button.value, onclick: () => say(button.value) }, button.label));
}

function card(payload, say) {
	return h(
		'div',
		{ className: 'card' },
		payload.media ? picture(payload.media.url, payload.title) : null,
		h('div', { className: 'body' }, h('strong', {}, payload.title ?? ''), h('div', { className: 'dim' }, payload.subtitle ?? ''), buttons(payload.buttons, say)),
	);
}

function template(type, payload, say) {
	const known = TEMPLATES[type];
	return known ? known(payload, say) : h('div', {}, h('em', {}, type), json(payload));
}

/** The bubbles of a Flow.ai entry. */
export function entryBubbles(entry, say) {
	const role = entry.originator.role === 'external' ? 'user' : entry.originator.role;
	return entry.messages.map((message) => {
		const replies = message.responses.flatMap((response) => response.payload.quickReplies ?? []);
		if (message.responses.every(({ type }) => type === 'handover')) return h('div', { className: 'system' }, 'Handed over to a human');
		return h(
			'div',
			{ className: `bubble ${role}${message.silent ? ' silent' : ''}` },
			message.responses.map((response) => template(response.type, response.payload, say)),
			replies.length > 0
				? h('div', { className: 'quick' }, replies.map((reply) => h('button', { type: 'button', onclick: () => say(reply.label) }, reply.label)))
				: null,
			h('span', { className: 'meta' }, `${entry.originator.name} · ${time(message.createdAt)}`),
		);
	});
}

const NAMES = { user: 'User', bot: 'Bot', moderator: 'Agent' };

/** The bubble of a Flow XO message. */
export function conversationBubble(message, say) {
	const role = message.role === 'channel' ? 'user' : message.agent_mode ? 'moderator' : 'bot';
	const payload = message[message.type] ?? message;
	const content = message.type === 'text' ? h('span', {}, message.message ?? '') : message.type === 'custom' ? json(message.custom) : template(message.type, payload, say);
	return h('div', { className: `bubble ${role}` }, content, h('span', { className: 'meta' }, `${NAMES[role]} · ${time(message.timestamp)}`));
}
