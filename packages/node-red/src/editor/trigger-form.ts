import type { EditorNode, Selection } from './editor-api';
import { bindRows, type RowSpec } from './plain-form';

/** The form of a trigger; printed as a literal into its html. */
export interface TriggerSpec {
	readonly type: string;
	readonly rows: readonly RowSpec[];
	/** Has a webhook whose address is shown. */
	readonly hasAddress: boolean;
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

/** Makes the form of a trigger. */
export function triggerForm(spec: TriggerSpec): {
	label(this: EditorNode): string;
	labelStyle(this: EditorNode): string;
	paletteLabel(this: EditorNode): string;
	outputLabel(this: EditorNode): string;
	add(this: EditorNode): void;
	prepare(this: EditorNode): void;
} {
	const { type } = spec;
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
		outputLabel() {
			return this._(`${type}.output`);
		},
		add() {
			if (spec.hasAddress && !this['path']) this['path'] = randomPath();
		},
		prepare() {
			bindRows('node-input', spec.rows);
			if (spec.hasAddress) bindAddress(this, type);
		},
	};
}
