import { faultText, literalReason } from './check-field';
import type { EditorNode, Selection } from './editor-api';
import { exampleText } from './example-text';
import type { FieldSpec } from './form-spec';
import { listOf, rowsOf, type Cells } from './stored-rows';

/** What Node-RED's editable list keeps for an item. */
interface Item {
	cells?: Cells;
}

/**
 * Adds Node-RED's own editable list to a list's field: inputs for each row. What is stored stays one JSON text,
 * which can be edited too; a text that the columns cannot show is left as it is.
 * @param texts key of the field in the catalog
 * @param common key of the texts that all fields share
 */
export function addListRows(
	node: EditorNode,
	row: Selection,
	field: FieldSpec,
	texts: string,
	common: string,
	element: Selection,
): void {
	const { columns, literal } = field;
	if (!columns) return;
	const text = (key: string): string => node._(`${texts}.${key}`);
	const box = $('<div class="convoflow-rows"></div>').appendTo(row);
	const header = $('<div class="convoflow-cells"></div>');
	for (const { name } of columns) {
		const words = $('<span></span>').text(text(`columns.${name}.label`));
		header.append(words.attr('title', text(`columns.${name}.description`)));
	}
	const list = $('<ol></ol>').appendTo(box);
	let written: string | undefined;

	const write = (): void => {
		const rows: Cells[] = [];
		list.editableList('items').each(function () {
			const { cells } = $(this as object).data('data') as Item;
			if (cells) rows.push(cells);
		});
		written = listOf(rows, columns);
		element.typedInput('value', written);
	};

	const fill = (container: Selection, item: Item): void => {
		// The button adds an empty item.
		const cells = (item.cells ??= Object.fromEntries(
			columns.map(({ name, literalDefault }) => [name, literalDefault]),
		));
		container.addClass('convoflow-cells');
		container
			.closest('li')
			.find('.red-ui-editableList-item-remove')
			.attr('aria-label', node._(`${common}.removeRow`));
		const inputs = columns.map((column) => {
			const { name, hasPlaceholder } = column;
			const cell = $('<input type="text">').attr('aria-label', text(`columns.${name}.label`));
			if (hasPlaceholder)
				cell.attr('placeholder', exampleText(node, common, `${texts}.columns.${name}.placeholder`));
			cell.val(cells[name] ?? '').appendTo(container);
			cell.on('input', () => {
				cells[name] = String(cell.val() ?? '');
				mark();
				write();
			});
			return { column, cell };
		});
		/** A row without a word is not stored, so nothing is wrong with it. */
		const mark = (): void => {
			const isEmpty = Object.values(cells).every((value) => value.trim() === '');
			for (const { column, cell } of inputs) {
				const reason = isEmpty ? undefined : literalReason(column, cells[column.name] ?? '');
				const columnTexts = `${texts}.columns.${column.name}`;
				cell.toggleClass('input-error', reason !== undefined);
				cell.attr('aria-invalid', String(reason !== undefined));
				cell.attr(
					'title',
					reason === undefined ? '' : faultText(node, columnTexts, common, { reason, of: column }),
				);
			}
		};
		mark();
	};

	list.editableList({
		header,
		height: 'auto',
		addButton: text('add'),
		removable: true,
		sortable: true,
		addItem: (container, _index, item) => fill(container, item),
		removeItem: write,
		sortItems: write,
	});
	list.closest('.red-ui-editableList').find('.red-ui-editableList-addButton').attr('aria-label', text('add'));

	const show = (): void => {
		const stored = element.typedInput('value');
		const rows = element.typedInput('type') === literal ? rowsOf(stored, columns) : undefined;
		box.toggle(rows !== undefined);
		row.toggleClass('convoflow-as-rows', rows !== undefined);
		// What comes from the rows is in them already, and one of them is being typed in.
		if (rows === undefined || stored === written) return;
		written = stored;
		list.editableList('empty');
		for (const cells of rows) list.editableList('addItem', { cells });
	};
	element.on('change', show);
	show();
}
