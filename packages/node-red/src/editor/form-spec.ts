import type { LiteralType } from '../model/names';

/** What the editor checks a literal by. */
export interface ValueSpec {
	readonly name: string;
	readonly kind: string;
	readonly literal: LiteralType;
	readonly isRequired: boolean;
	/** Value of a literal that was never touched. */
	readonly literalDefault: string;
	readonly maxLength?: number;
	readonly min?: number;
	readonly max?: number;
	readonly isInteger?: boolean;
}

/** A field as the form needs it; printed as a literal into each html. Texts stand in the catalog. */
export interface FieldSpec extends ValueSpec {
	readonly property: string;
	readonly isOptional: boolean;
	/** Tells how the operation is run; its texts stand under `options`, once for the node. */
	readonly isOption?: boolean;
	/** Decides what the node looks like: a literal only. */
	readonly isFixed?: boolean;
	/** Type and value of a field that was never touched. */
	readonly defaultType: string;
	readonly defaultValue: string;
	readonly hasPlaceholder: boolean;
	readonly hasHint: boolean;
	/** Values of the choices. */
	readonly choices?: readonly string[];
	/** Those of which the catalog says what they mean. */
	readonly describedChoices?: readonly string[];
	readonly isMultiple?: boolean;
	readonly isOpen?: boolean;
	/** Values as texts, by the property of another field. */
	readonly showWhen?: Readonly<Record<string, readonly string[]>>;
	/** When the length counts; always where it is absent. */
	readonly maxLengthWhen?: Readonly<Record<string, readonly string[]>>;
	/** What a row of a list holds. */
	readonly columns?: readonly ColumnSpec[];
	/** The list that it can be picked from. */
	readonly search?: ListSpec;
}

/** A column of a list that is filled in by rows. */
export interface ColumnSpec extends ValueSpec {
	readonly hasPlaceholder: boolean;
}

/** A list to pick from. */
export interface ListSpec {
	readonly name: string;
	/** Properties of the fields that it depends on, by their names. */
	readonly dependsOn: Readonly<Record<string, string>>;
}

/** A credential as the form needs it to ask for lists. */
export interface CredentialSpec {
	/** Type of the config node. */
	readonly type: string;
	readonly fields: readonly string[];
}

/** An operation as the form needs it. */
export interface OperationSpec {
	/** Property that names the credential; empty where none is needed. */
	readonly credential: string;
	readonly isList: boolean;
	/** Returns a file, whose form can be chosen. */
	readonly isFile: boolean;
	/** Returns a picture in SVG, which can also be had as PNG. */
	readonly isPicture: boolean;
	/** Several ways out: how many, and the field and value that ask for them. Their names stand in the catalog. */
	readonly outputs?: { readonly count: number; readonly property: string; readonly is: string };
	readonly fields: readonly FieldSpec[];
}

/** The form of an action node. */
export interface FormSpec {
	readonly type: string;
	readonly operations: Readonly<Record<string, OperationSpec>>;
	/** By the property that names the config node. */
	readonly credentials: Readonly<Record<string, CredentialSpec>>;
}

/** A choice's value as a part of a catalog key, in which dots and colons have a meaning. */
export function choiceKey(value: string): string {
	return value.replace(/[.:]/g, '_');
}
