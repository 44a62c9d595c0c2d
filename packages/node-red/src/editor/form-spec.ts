import type { LiteralType } from '../model/names';

/** A field as the form needs it; printed as a literal into each html. Texts stand in the catalog. */
export interface FieldSpec {
	readonly name: string;
	readonly property: string;
	readonly kind: string;
	readonly literal: LiteralType;
	readonly isOptional: boolean;
	/** Tells how the operation is run; its texts stand under `options`, once for the node. */
	readonly isOption?: boolean;
	/** Decides what the node looks like: a literal only. */
	readonly isFixed?: boolean;
	readonly isRequired: boolean;
	/** Type and value of a field that was never touched. */
	readonly defaultType: string;
	readonly defaultValue: string;
	/** Value of a literal that was never touched. */
	readonly literalDefault: string;
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
	readonly maxLength?: number;
	/** When that length counts; always where it is absent. */
	readonly maxLengthWhen?: Readonly<Record<string, readonly string[]>>;
	readonly min?: number;
	readonly max?: number;
	readonly isInteger?: boolean;
	/** The list that it can be picked from. */
	readonly search?: ListSpec;
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
	/** Property that names the credential. */
	readonly credential: string;
	readonly isList: boolean;
	/** Returns a file, whose form can be chosen. */
	readonly isFile: boolean;
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
