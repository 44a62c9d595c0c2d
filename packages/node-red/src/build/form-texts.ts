import { EXAMPLE } from '../editor/example-text';
import type { Catalog } from './catalog';

/** What a list to pick from says. */
export const PICKER_TEXTS: Catalog = {
	open: 'Choose from a list: __label__',
	list: 'Found for __label__',
	searching: 'Searching …',
	count: '__count__ found',
	more: '__count__ found so far, more below',
	none: 'Nothing fits. You can type the value yourself.',
	noCredential: 'Choose a credential first, or type the value yourself.',
	forbidden: 'You may not read this list. Sign in with an account that may edit flows.',
	unreachable: 'Node-RED did not answer. Check that it is running and try again.',
};

/** What the forms of all action nodes say. */
export const FORM_TEXTS: Catalog = {
	name: 'Name',
	operation: 'Operation',
	optional: 'Optional fields',
	optionsTitle: 'Options',
	sendAs: {
		label: 'Send',
		one: 'one message with the whole list',
		page: 'one message per page',
		row: 'one message per row',
	},
	forExample: EXAMPLE,
	notSet: 'not set',
	true: 'true',
	false: 'false',
	types: {
		string: 'text',
		text: 'text',
		number: 'number',
		boolean: 'true or false',
		options: 'choice',
		multiOptions: 'choices',
		dateTime: 'date',
		json: 'JSON',
		list: 'rows',
		locator: 'ID',
		file: 'path of a file',
	},
	removeRow: 'Remove this row',
	picker: PICKER_TEXTS,
	errors: {
		required: '__label__ is empty',
		number: '__label__ must be a number',
		integer: '__label__ must be a whole number',
		min: '__label__ must be at least __min__',
		max: '__label__ must be at most __max__',
		date: '__label__ must be a date like 2026-03-01 or 2026-03-01T08:00:00Z',
		json: '__label__ is not valid JSON',
		maxLength: '__label__ may have at most __maxLength__ characters',
		source: '__label__ names no valid source',
		inRow: '__label__, row __row__: __problem__',
		credential: 'Choose a credential, or add one with the plus button',
	},
};

/** What the button of a trigger says that sends an event through the deployed node. */
export const TEST_EVENT_TEXTS: Catalog = {
	button: 'Send test event',
	hint: 'Sends an event through the check, the filters and the flow as they are deployed.',
	busy: 'Sending …',
	sent: 'The event passed the check and the filters and started the flow.',
	leftOut: 'The event passed the check but starts no flow: __reason__.',
	refused: 'The event was refused: __reason__.',
	failed: 'The event could not be taken: __reason__.',
	notDeployed: 'Deploy first: the event goes through the node as it is deployed.',
	forbidden: 'You may not test this. Sign in with an account that may edit flows.',
	unreachable: 'Node-RED did not answer. Check that it is running and try again.',
};

/** What the forms of nodes say that can put out a file. */
export const FILE_TEXTS: Catalog = {
	fileAs: {
		label: 'Send file as',
		buffer: 'a Buffer',
		stream: 'a stream',
		path: 'the path of a saved file',
	},
	fileFolder: {
		label: 'Folder',
		placeholder: 'e.g. /data/files',
		hint: 'Where the file is saved under its own name; a file of that name is replaced',
	},
};

/** What the forms of nodes say that can draw a picture. */
export const PICTURE_TEXTS: Catalog = {
	pictureAs: {
		label: 'Picture',
		svg: 'SVG, sharp at any size',
		png: 'PNG, for e-mails and chats',
		hint: 'A PNG has twice as many pixels as width and height say, so that it is sharp on every screen',
	},
};
