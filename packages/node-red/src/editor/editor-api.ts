// The few parts of Node-RED's editor and of its jQuery that the forms use. The DOM library is left out on
// purpose: it would give every package of the project a browser.

/** What a typedInput is set up with. */
export interface TypedInputType {
	readonly value: string;
	readonly label: string;
	readonly icon?: string;
	readonly options?: readonly { readonly value: string; readonly label: string }[];
	readonly multiple?: boolean;
	readonly expand?: (this: TypedInputWidget) => void;
	readonly validate?: (value: string, options: object) => boolean | string;
}

export interface TypedInputWidget {
	value(text?: string): string;
}

/** What happened to an element. */
export interface EditorEvent {
	readonly key?: string;
	preventDefault(): void;
	stopPropagation(): void;
}

/** An element of the page, as far as it is scrolled. */
export interface Element {
	readonly scrollTop: number;
	readonly scrollHeight: number;
	readonly clientHeight: number;
	scrollIntoView(options: { block: 'nearest' }): void;
}

/** What an editable list is set up with. */
export interface EditableList {
	readonly header: Selection;
	readonly height: 'auto';
	/** Text of the button. */
	readonly addButton: string;
	readonly removable: boolean;
	readonly sortable: boolean;
	readonly addItem: (container: Selection, index: number, item: object) => void;
	readonly removeItem: () => void;
	readonly sortItems: () => void;
}

/** A jQuery selection. */
export interface Selection {
	readonly length: number;
	val(): string | null | undefined;
	val(value: string): Selection;
	text(text: string): Selection;
	attr(name: string, value: string): Selection;
	attr(name: string): string | undefined;
	prop(name: string): unknown;
	prop(name: string, value: unknown): Selection;
	append(...content: Selection[]): Selection;
	appendTo(target: Selection): Selection;
	empty(): Selection;
	find(selector: string): Selection;
	closest(selector: string): Selection;
	next(selector: string): Selection;
	toggle(isShown: boolean): Selection;
	toggleClass(name: string, isOn: boolean): Selection;
	addClass(name: string): Selection;
	each(visit: (this: unknown) => void): Selection;
	on(event: string, handler: (this: unknown, event: EditorEvent) => void): Selection;
	get(index: number): Element | undefined;
	after(...content: Selection[]): Selection;
	remove(): Selection;
	trigger(event: string): Selection;
	typedInput(options: {
		default: string;
		types: readonly (string | TypedInputType)[];
		typeField: Selection;
	}): Selection;
	typedInput(method: 'value' | 'type'): string;
	typedInput(method: 'validate'): unknown;
	typedInput(method: 'value' | 'type', value: string): Selection;
	data(name: string): unknown;
	editableList(options: EditableList): Selection;
	editableList(method: 'items'): Selection;
	editableList(method: 'empty'): unknown;
	editableList(method: 'addItem', item: object): unknown;
}

/** A request on its way. */
export interface Ajax {
	abort(): void;
	done(handler: (answer: unknown) => void): Ajax;
	fail(handler: (failure: { readonly status: number }) => void): Ajax;
}

/** A node as the editor holds it. */
export interface EditorNode {
	readonly id: string;
	readonly name?: string;
	/** Text of the node's catalog. */
	_(key: string, values?: Readonly<Record<string, unknown>>): string;
	/** Everything that forms store is text. */
	[property: string]: string | undefined | EditorNode['_'];
}

/** A validator of a property: true, or the reason why not. Node-RED counts its parameters. */
export type Validator = (this: EditorNode, value: unknown, options: object) => boolean | string;

declare global {
	const $: {
		(selector: string | object): Selection;
		ajax(request: {
			url: string;
			method: 'GET' | 'POST';
			contentType?: string;
			data?: string;
			timeout?: number;
		}): Ajax;
	};
	const RED: {
		readonly nodes: {
			registerType(type: string, definition: object): void;
			node(id: string): Readonly<Record<string, unknown>> | null;
		};
		readonly editor: {
			editJSON(options: { value: string; complete: (value: string) => void }): void;
		};
		readonly events: {
			on(event: 'nodes:add', handler: (node: Record<string, unknown> & { type: string }) => void): void;
		};
		readonly utils: {
			validateTypedProperty(value: unknown, type: string, options: object): boolean | string;
		};
		readonly clipboard: { copyText(text: string, element: Selection, message: string): void };
	};
	/** The address that the editor was opened at. */
	const location: { readonly origin: string };
}
