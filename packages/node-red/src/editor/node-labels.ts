import type { EditorNode } from './editor-api';

/** What the editor writes on and beside a node. */
export interface NodeLabels {
	label(this: EditorNode): string;
	labelStyle(this: EditorNode): string;
	paletteLabel(this: EditorNode): string;
	/** @param index number of the output, from 0 */
	outputLabel(this: EditorNode, index: number): string;
}

/** Names an action node after what it does, and its outputs after what leaves by them. */
export function nodeLabels(type: string): NodeLabels {
	return {
		label() {
			return this.name || this._(`${type}.operations.${String(this['operation'])}.action`);
		},
		labelStyle() {
			return this.name ? 'red-ui-flow-node-label-italic' : '';
		},
		paletteLabel() {
			return this._(`${type}.paletteLabel`);
		},
		outputLabel(index) {
			return Number(this['outputs'] ?? 1) > 1
				? this._(`${type}.operations.${String(this['operation'])}.outputs.${index}`)
				: this._(`${type}.output`);
		},
	};
}
