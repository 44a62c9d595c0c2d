import type { EditorNode, Selection, Validator } from './editor-api';
import type { CredentialSpec } from './form-spec';
import { listQuestion } from './list-question';
import { ListSearch } from './list-search';
import { addPicker } from './picker';
import { bindTestEvent } from './test-event';
import { bindRows, isRowShown, type RowSpec } from './plain-form';

/** The form of a trigger; printed as a literal into its html. */
export interface TriggerSpec {
	readonly type: string;
	readonly rows: readonly RowSpec[];
	/** Properties of the secrets that calls are checked with; any one of them is enough. */
	readonly secrets: readonly string[];
	/** The credential that lists are read with, and the property that names its config node. */
	readonly credential?: CredentialSpec & { readonly property: string };
	/** Has a webhook whose address is shown. */
	readonly hasAddress: boolean;
	/** Has a button that sends an event through the deployed node. */
	readonly hasTestEvent: boolean;
}

/** What the address route answers. */
interface Address {
	readonly root: string | false;
	readonly route: string;
	readonly needsLogin: boolean;
}

/** Shows the address of a webhook while its path is typed, with what stands in its way. */
function bindAddress(node: EditorNode, type: string): void {
	const path: Selection = $('#node-input-path');
	const url: Selection = $('#convoflow-url');
	$.ajax({ url: `${type}/address`, method: 'GET' })
		.done((answer) => {
			const { root, route, needsLogin } = answer as Address;
			const base = `${location.origin}${root === false ? '' : root.replace(/\/$/, '')}${route}/`;
			const show = (): void => {
				const last = String(path.val() ?? '');
				url.val(root === false || last === '' ? '' : base + encodeURIComponent(last));
			};
			path.on('input', show);
			show();
			$('#convoflow-no-root').toggle(root === false);
			$('#convoflow-login').toggle(needsLogin);
		})
		.fail(() => url.val(node._(`${type}.address.unknown`)));
	$('#convoflow-copy').on('click', () => {
		RED.clipboard.copyText(String(url.val() ?? ''), $('#convoflow-copy'), node._(`${type}.address.copied`));
	});
}

/** A path that nobody guesses: whoever knows it can start the flow. */
function randomPath(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(12));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Adds the lists that rows can be picked from. */
function bindPickers(node: EditorNode, { type, rows, credential }: TriggerSpec, lists: ListSearch): void {
	const input = (property: string): Selection => $(`#node-input-${property}`);
	for (const { name, property, search } of rows) {
		if (!search) continue;
		const element = input(property);
		const label = node._(`${type}.fields.${name}.label`);
		addPicker({
			row: element.closest('.form-row'),
			id: `node-input-${property}`,
			input: element,
			box: element,
			lists,
			isLiteral: () => true,
			question: () =>
				listQuestion(credential, String(input(credential?.property ?? '').val() ?? ''), search, (other) => ({
					value: String(input(other).val() ?? ''),
					type: 'str',
				})),
			text: (key, values) => node._(`${type}.picker.${key}`, { label, ...values }),
			choose: ({ value }) => element.val(value).trigger('change'),
		});
	}
}

/** What the editor knows of the secrets of a node whose dialog is closed: nothing until it was opened once. */
function maySecretBeSet(node: EditorNode, secrets: readonly string[]): boolean {
	const { credentials } = node as { credentials?: unknown };
	const known = (credentials ?? {}) as Readonly<Record<string, unknown>>;
	if (!secrets.some((name) => Object.hasOwn(known, `has_${name}`))) return true;
	return secrets.some((name) => known[`has_${name}`] === true);
}

/** Makes the form of a trigger. */
export function triggerForm(spec: TriggerSpec): {
	label(this: EditorNode): string;
	labelStyle(this: EditorNode): string;
	paletteLabel(this: EditorNode): string;
	inputLabel(this: EditorNode): string;
	outputLabel(this: EditorNode): string;
	add(this: EditorNode): void;
	prepare(this: EditorNode): void;
	close(this: EditorNode): void;
	/** Checks that a field is filled in while it is shown. */
	required(property: string): Validator;
	/** Checks that there is a secret while calls are checked. */
	secret: Validator;
} {
	const { type } = spec;
	const input = (property: string): Selection => $(`#node-input-${property}`);
	/** The node whose dialog is open; others are checked by what they store. */
	let open: EditorNode | undefined;
	const lists = new ListSearch();
	const setOpen = (node: EditorNode | undefined): void => {
		open = node;
	};
	const valueOf = (node: EditorNode, property: string): string =>
		String((open === node ? input(property).val() : undefined) ?? node[property] ?? '');
	const isShown = (node: EditorNode, property: string): boolean =>
		isRowShown(spec.rows.find((row) => row.property === property)?.showWhen, (other) => valueOf(node, other));

	return {
		label() {
			return this.name || this._(`${type}.label`);
		},
		labelStyle() {
			return this.name ? 'red-ui-flow-node-label-italic' : '';
		},
		paletteLabel() {
			return this._(`${type}.paletteLabel`);
		},
		inputLabel() {
			return this._(`${type}.input`);
		},
		outputLabel() {
			return this._(`${type}.output`);
		},
		add() {
			if (spec.hasAddress && !this['path']) this['path'] = randomPath();
		},
		close() {
			lists.cancel();
			setOpen(undefined);
		},
		required: (property) =>
			// Two parameters, since Node-RED takes a text for a reason from such a function only.
			function (value, _options) {
				if ((value ?? '') !== '' || !isShown(this, property)) return true;
				const name = spec.rows.find((row) => row.property === property)?.name ?? property;
				return this._(`${type}.errors.required`, { label: this._(`${type}.fields.${name}.label`) });
			},
		secret(_value, _options) {
			if (!spec.secrets.some((property) => isShown(this, property))) return true;
			const isSet =
				open === this
					? spec.secrets.some((property) => input(property).val() !== '')
					: maySecretBeSet(this, spec.secrets);
			return isSet || this._(`${type}.errors.secret`);
		},
		prepare() {
			setOpen(this);
			if (spec.hasAddress && input('path').val() === '') input('path').val(randomPath());
			bindRows('node-input', spec.rows);
			bindPickers(this, spec, lists);
			if (spec.hasAddress) bindAddress(this, type);
			if (spec.hasTestEvent) bindTestEvent(this, type);
		},
	};
}
