import type { Setting } from './check-field';
import type { EditorNode, Selection } from './editor-api';
import { choiceKey, type FieldSpec } from './form-spec';

/**
 * Says below a field what its chosen choice means, where the catalog tells.
 * @param texts key of the field in the catalog
 */
export function addMeaning(
	node: EditorNode,
	row: Selection,
	field: FieldSpec,
	texts: string,
	element: Selection,
	setting: () => Setting,
): void {
	const { describedChoices = [], isMultiple, literal } = field;
	if (isMultiple || describedChoices.length === 0) return;
	const meaning = $('<div class="convoflow-hint" aria-live="polite"></div>').appendTo(row);
	const explain = (): void => {
		const { value, type } = setting();
		const isKnown = type === literal && describedChoices.includes(value);
		meaning.text(isKnown ? node._(`${texts}.choiceDescriptions.${choiceKey(value)}`) : '');
		meaning.toggle(isKnown);
	};
	element.on('change', explain);
	explain();
}
