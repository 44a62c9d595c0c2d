import type { EditorEvent, Selection } from './editor-api';
import type { Answer, Found, ListSearch } from './list-search';

/** Time without a key before a search starts, in ms. */
const DEBOUNCE_MS = 250;
/** Things that a screen should hold: with fewer the next page is read at once. */
const SCREEN = 8;
/** Distance from the end of the list at which the next page is read, in pixels. */
const NEAR_END = 60;

/** What a picker needs to know of its field. */
export interface PickerField {
	/** The row of the form. */
	readonly row: Selection;
	/** Id of the field's element. */
	readonly id: string;
	/** What the user types into. */
	readonly input: Selection;
	/** What the button stands behind: the input, or the typedInput that holds it. */
	readonly box: Selection;
	readonly lists: ListSearch;
	/** True while the field holds a literal. */
	readonly isLiteral: () => boolean;
	/** Where to ask and what; undefined while no credential is chosen. */
	readonly question: () => { readonly url: string; readonly body: object } | undefined;
	/** A text of the picker. */
	readonly text: (key: string, values?: Readonly<Record<string, unknown>>) => string;
	readonly choose: (found: Found) => void;
}

/**
 * Adds a list to a field, searched while one types: a combobox with a list box, as the ARIA practices describe
 * it. What is typed stays the value, so that nobody depends on the list.
 */
export function addPicker(field: PickerField): void {
	const { row, id, input, box, lists, isLiteral, question, text, choose } = field;
	const button = $(
		'<button type="button" class="red-ui-button convoflow-pick"><i class="fa fa-search"></i></button>',
	)
		.attr('aria-label', text('open'))
		.attr('title', text('open'))
		.attr('aria-controls', `${id}-list`);
	const panel = $('<div class="convoflow-picker"></div>').toggle(false);
	const list = $('<ul role="listbox"></ul>').attr('id', `${id}-list`).attr('aria-label', text('list'));
	const status = $('<div role="status" aria-live="polite"></div>');
	panel.append(list, status).appendTo(row);
	box.after(button);
	input
		.attr('role', 'combobox')
		.attr('aria-autocomplete', 'list')
		.attr('aria-expanded', 'false')
		.attr('aria-controls', `${id}-list`)
		.attr('autocomplete', 'off');

	let isOpen = false;
	let found: Found[] = [];
	let items: Selection[] = [];
	let active = -1;
	let filter = '';
	let next: string | undefined;
	let isAsking = false;

	const activate = (index: number): void => {
		items[active]?.attr('aria-selected', 'false');
		active = index;
		const item = items[index];
		item?.attr('aria-selected', 'true');
		item?.get(0)?.scrollIntoView({ block: 'nearest' });
		input.attr('aria-activedescendant', item ? `${id}-item-${index}` : '');
	};

	const close = (): void => {
		lists.cancel();
		isAsking = false;
		isOpen = false;
		panel.toggle(false);
		input.attr('aria-expanded', 'false').attr('aria-activedescendant', '');
	};

	const pick = (index: number): void => {
		const chosen = found[index];
		if (!chosen) return;
		choose(chosen);
		close();
	};

	const add = (one: Found): void => {
		const index = items.length;
		const item = $('<li role="option" aria-selected="false"></li>')
			.attr('id', `${id}-item-${index}`)
			.append($('<span></span>').text(one.name));
		if (one.name !== one.value) item.append($('<small></small>').text(`  ${one.value}`));
		// The field would lose the focus, and with it the list, before the click.
		item.on('mousedown', (event) => event.preventDefault()).on('click', () => pick(index));
		item.appendTo(list);
		found.push(one);
		items.push(item);
	};

	const tell = (words: string): void => {
		status.text(words);
	};

	const take = (answer: Answer): void => {
		isAsking = false;
		if (answer.problem !== undefined) {
			next = undefined;
			tell(answer.problem);
			return;
		}
		for (const one of answer.results ?? []) add(one);
		next = answer.next;
		if (next !== undefined && found.length < SCREEN) {
			ask(0);
			return;
		}
		const count = found.length;
		tell(text(count === 0 ? 'none' : next === undefined ? 'count' : 'more', { count }));
	};

	const ask = (waitMs: number): void => {
		const asked = question();
		if (!asked) {
			tell(text('noCredential'));
			return;
		}
		isAsking = true;
		tell(text('searching'));
		lists.ask(asked.url, { ...asked.body, filter, cursor: next }, waitMs, take, (code) => {
			isAsking = false;
			tell(text(code === 401 || code === 403 ? 'forbidden' : 'unreachable'));
		});
	};

	const search = (words: string, waitMs: number): void => {
		if (!isLiteral()) return;
		filter = words.trim();
		next = undefined;
		found = [];
		items = [];
		active = -1;
		list.empty();
		isOpen = true;
		panel.toggle(true);
		input.attr('aria-expanded', 'true').attr('aria-activedescendant', '');
		ask(waitMs);
	};

	const more = (): void => {
		if (next !== undefined && !isAsking) ask(0);
	};

	const onKey = (event: EditorEvent): void => {
		if (!isLiteral()) return;
		const handled = (): void => {
			event.preventDefault();
			event.stopPropagation();
		};
		switch (event.key) {
			case 'ArrowDown':
				handled();
				if (!isOpen) return search('', 0);
				if (active >= items.length - 1) more();
				return activate(Math.min(items.length - 1, active + 1));
			case 'ArrowUp':
				if (!isOpen) return;
				handled();
				return activate(Math.max(-1, active - 1));
			case 'Enter':
				if (!isOpen || active < 0) return;
				handled();
				return pick(active);
			case 'Escape':
				if (!isOpen) return;
				handled();
				return close();
			case 'Tab':
				return close();
		}
	};

	input.on('keydown', onKey);
	input.on('input', () => {
		const words = String(input.val() ?? '');
		// A web address names its thing by itself.
		if (/^\s*https?:/i.test(words)) close();
		else search(words, DEBOUNCE_MS);
	});
	input.on('blur', close);
	list.on('scroll', () => {
		const shown = list.get(0);
		if (shown && shown.scrollTop + shown.clientHeight > shown.scrollHeight - NEAR_END) more();
	});
	// The field keeps the focus: it is the one that listens to the keys.
	button.on('mousedown', (event) => event.preventDefault());
	button.on('click', () => {
		if (isOpen) return close();
		input.trigger('focus');
		search('', 0);
	});
	row.find(`#${id}`).on('change', () => {
		button.toggle(isLiteral());
		if (!isLiteral()) close();
	});
	button.toggle(isLiteral());
}
