import type { EditorNode, Selection } from './editor-api';
import { bindRows, type RowSpec } from './plain-form';

/** The form of a config node; printed as a literal into its html. */
export interface ConfigSpec {
	readonly type: string;
	readonly fields: readonly string[];
	readonly rows: readonly RowSpec[];
}

/** What the test route answers. */
interface TestAnswer {
	readonly ok: boolean;
	readonly message: string;
	readonly advice: string;
}

/** Time the editor waits for a test, in ms: a little longer than the test itself. */
const TEST_TIMEOUT_MS = 20_000;

/** Makes the form of a config node: its fields and the button that tries them. */
export function configForm(spec: ConfigSpec): {
	label(this: EditorNode): string;
	prepare(this: EditorNode): void;
} {
	const { type } = spec;
	const input = (name: string): Selection => $(`#node-config-input-${name}`);
	return {
		label() {
			return this.name || this._(`${type}.title`);
		},
		prepare() {
			bindRows('node-config-input', spec.rows);
			$('.convoflow-section-network').prop('open', Boolean(this['proxy'] || this['tls']));
			const button = $('#convoflow-test');
			const result = $('#convoflow-test-result');
			const tell = (text: string, outcome: 'good' | 'bad' | 'busy'): void => {
				result
					.text(text)
					.toggleClass('convoflow-good', outcome === 'good')
					.toggleClass('convoflow-bad', outcome === 'bad');
				button.prop('disabled', outcome === 'busy');
			};
			button.on('click', () => {
				tell(this._(`${type}.test.busy`), 'busy');
				const values = Object.fromEntries(spec.fields.map((name) => [name, input(name).val()]));
				$.ajax({
					url: `${type}/${encodeURIComponent(this.id)}/test`,
					method: 'POST',
					contentType: 'application/json',
					data: JSON.stringify(values),
					timeout: TEST_TIMEOUT_MS,
				})
					.done((answer) => {
						const { ok, message, advice } = answer as TestAnswer;
						tell(advice ? `${message}. ${advice}` : message, ok ? 'good' : 'bad');
					})
					.fail(({ status }) => {
						const key = status === 401 || status === 403 ? 'forbidden' : 'unreachable';
						tell(this._(`${type}.test.${key}`), 'bad');
					});
			});
		},
	};
}
