import type { Selection } from './editor-api';
import type { ListSpec } from './form-spec';

/** A row of a form without typedInputs, as far as it needs care; its html is printed by the build. */
export interface RowSpec {
	/** Name of the field, by which the catalog knows it. */
	readonly name: string;
	readonly property: string;
	/** Values by the property that this row depends on. */
	readonly showWhen?: Readonly<Record<string, readonly string[]>>;
	/** Checkboxes, whose values are kept as one text. */
	readonly isMultiple?: boolean;
	/** The list that it can be picked from. */
	readonly search?: ListSpec;
}

/** True when the fields that a row depends on let it be seen. */
export function isRowShown(showWhen: RowSpec['showWhen'], valueOf: (property: string) => string): boolean {
	// Several choices are kept as one text.
	return Object.entries(showWhen ?? {}).every(([other, wanted]) =>
		valueOf(other)
			.split(',')
			.some((value) => wanted.includes(value)),
	);
}

/** Keeps the checkboxes of a row and the text that the editor stores in step. */
function bindCheckboxes(element: Selection): void {
	const boxes = element.closest('.form-row').find('input[type=checkbox]');
	const stored = String(element.val() ?? '').split(',');
	boxes.each(function () {
		const box = $(this as object);
		box.prop('checked', stored.includes(String(box.val())));
	});
	boxes.on('change', () => {
		const chosen: string[] = [];
		boxes.each(function () {
			const box = $(this as object);
			if (box.prop('checked') === true) chosen.push(String(box.val()));
		});
		element.val(chosen.join(',')).trigger('change');
	});
}

/** Shows what the chosen choice of a row means, where the row says it. */
function explainChoice(element: Selection): void {
	const chosen = String(element.val() ?? '');
	element
		.closest('.form-row')
		.find('[data-choice]')
		.each(function () {
			const meaning = $(this as object);
			meaning.toggle(meaning.attr('data-choice') === chosen);
		});
}

/** Brings the rows of a form to life: checkboxes, what a choice means, and rows that depend on others. */
export function bindRows(prefix: string, rows: readonly RowSpec[]): void {
	const input = (property: string): Selection => $(`#${prefix}-${property}`);
	const toggle = (): void => {
		for (const { property, showWhen } of rows) {
			const shown = isRowShown(showWhen, (other) => String(input(other).val()));
			input(property).closest('.form-row').toggle(shown);
			explainChoice(input(property));
		}
	};
	for (const { property, isMultiple } of rows) {
		if (isMultiple) bindCheckboxes(input(property));
		input(property).on('change', toggle);
	}
	toggle();
}
