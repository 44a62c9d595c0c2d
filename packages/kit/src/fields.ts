import type { FileContent, JsonValue } from '@convoflow/client';
import type { Search } from './search';

/** A choice in a list. */
export interface Choice {
	readonly value: string;
	/** Title Case, as n8n shows it. */
	readonly label: string;
	/** Sentence case, what the choice means. */
	readonly description?: string;
}

/** Shows a field only while others have one of the given values. */
export type ShowWhen = Readonly<Record<string, readonly (string | boolean)[]>>;

interface FieldBase {
	/** Title Case. */
	readonly label: string;
	/** Sentence case, no final period; booleans begin with "Whether". */
	readonly description: string;
	/** Begins with "e.g.". */
	readonly placeholder?: string;
	/** At most 120 characters, shown below the field. */
	readonly hint?: string;
	/** Refused when empty. */
	readonly required?: boolean;
	readonly showWhen?: ShowWhen;
	/** Decides what the node itself looks like, so that its value cannot come from an item or a message. */
	readonly isFixed?: boolean;
	/** Message property that fills the field in Node-RED unless the user changes it, e.g. `payload`. */
	readonly from?: string;
}

/** One line of text. */
export interface StringField extends FieldBase {
	readonly kind: 'string';
	readonly default?: string;
	/** Longest text, in UTF-16 units. */
	readonly maxLength?: number;
}
/** Several lines of text. */
export interface TextField extends FieldBase {
	readonly kind: 'text';
	readonly default?: string;
	/** Longest text, in UTF-16 units. */
	readonly maxLength?: number;
	/** The length counts only while fields above this one have one of the given values. */
	readonly maxLengthWhen?: ShowWhen;
}
/** A text that nobody may read again: credentials only. */
export interface SecretField extends FieldBase {
	readonly kind: 'secret';
	readonly default?: string;
}
/** A number. */
export interface NumberField extends FieldBase {
	readonly kind: 'number';
	readonly default?: number;
	readonly integer?: boolean;
	readonly min?: number;
	readonly max?: number;
}
/** Yes or no. */
export interface BooleanField extends FieldBase {
	readonly kind: 'boolean';
	readonly default: boolean;
}
/** One of several choices. */
export interface OptionsField extends FieldBase {
	readonly kind: 'options';
	readonly options: readonly Choice[];
	readonly default?: string;
	/** Lets other values through, for lists that the service may extend. */
	readonly open?: boolean;
}
/** Any number of several choices. */
export interface MultiOptionsField extends FieldBase {
	readonly kind: 'multiOptions';
	readonly options: readonly Choice[];
	readonly default?: readonly string[];
	/** Lets other values through, for lists that the service may extend. */
	readonly open?: boolean;
}
/** An ISO 8601 date or date-time. */
export interface DateTimeField extends FieldBase {
	readonly kind: 'dateTime';
	readonly default?: string;
	/** A date-time without a zone stays one, since the operation itself says in which zone it is meant. */
	readonly isLocal?: boolean;
}
/** A JSON value, checked before the request. */
export interface JsonField extends FieldBase {
	readonly kind: 'json';
	readonly shape: 'object' | 'array' | 'any';
	readonly default?: JsonValue;
}
/** Rows of fields of one shape. */
export interface ListField extends FieldBase {
	readonly kind: 'list';
	/** Name of one row, Title Case. */
	readonly item: string;
	readonly fields: FieldMap;
	readonly default?: readonly never[];
}
/** A thing of the service, picked or named. */
export interface LocatorField extends FieldBase {
	readonly kind: 'locator';
	/** What is picked, e.g. `thread`; sentence case. */
	readonly thing: string;
	/**
	 * Ways to enter it, the usual one first. A locator with a search can also be picked from its list, which comes
	 * first unless it stands elsewhere here.
	 */
	readonly modes: readonly ('id' | 'url' | 'list')[];
	/** What the id of such a thing is called. Default `ID`. */
	readonly idIs?: 'ID' | 'Name';
	/** Lists the things to pick from. */
	readonly search?: Search;
	/** For mode `url`: an address as people copy it. */
	readonly urlExample?: string;
	/** For mode `url`: a pattern whose first group is the id. */
	readonly urlPattern?: string;
	readonly default?: string;
}

/** A file: a binary property of the item in n8n; a Buffer, a path or a stream in Node-RED. */
export interface FileField extends FieldBase {
	readonly kind: 'file';
	/** Largest size that the service takes, in bytes. */
	readonly maxBytes?: number;
	readonly default?: never;
}

/** Every kind of field. A host renders each kind once; one that misses a kind does not compile. */
export type Field =
	| StringField
	| TextField
	| SecretField
	| NumberField
	| BooleanField
	| OptionsField
	| MultiOptionsField
	| DateTimeField
	| JsonField
	| ListField
	| LocatorField
	| FileField;

/** Fields by name, in the order in which a form shows them. */
export type FieldMap = { readonly [name: string]: Field };

/** The value of a field as an operation gets it. */
export type ValueOf<F> = F extends { kind: 'string' | 'text' | 'secret' | 'dateTime' | 'locator' | 'options' }
	? string
	: F extends { kind: 'file' }
		? FileContent
		: F extends { kind: 'number' }
			? number
			: F extends { kind: 'boolean' }
				? boolean
				: F extends { kind: 'multiOptions' }
					? readonly string[]
					: F extends { kind: 'json'; shape: 'object' }
						? { [key: string]: JsonValue }
						: F extends { kind: 'json'; shape: 'array' }
							? JsonValue[]
							: F extends { kind: 'json' }
								? JsonValue
								: F extends { kind: 'list'; fields: infer Inner extends FieldMap }
									? readonly InputOf<Inner>[]
									: never;

// A field that can be hidden may be absent, whatever else it says.
type IsSure<F> = F extends { showWhen: ShowWhen }
	? false
	: F extends { required: true }
		? true
		: F extends { default: infer D }
			? undefined extends D
				? false
				: true
			: false;
type SureKeys<M> = { [K in keyof M]: IsSure<M[K]> extends true ? K : never }[keyof M];

/** What an operation gets for its fields: required and defaulted ones are there, the rest may be absent. */
export type InputOf<M extends FieldMap> = { readonly [K in SureKeys<M>]: ValueOf<M[K]> } & {
	readonly [K in Exclude<keyof M, SureKeys<M>>]?: ValueOf<M[K]>;
};
