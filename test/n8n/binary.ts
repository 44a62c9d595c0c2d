import type { FileContent } from '@convoflow/client';
import type { Example, Input, Operation } from '@convoflow/kit';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

/** A file as n8n keeps it inside an item. */
export function binaryOf({ name, mimeType, content }: FileContent): IBinaryData {
	const data = Buffer.from(content as Uint8Array).toString('base64');
	return { fileName: name, mimeType, data };
}

/** An item with the files of an input, each in a binary field named like its field. */
export function itemOf(
	operation: Operation,
	input: Readonly<Record<string, unknown>>,
	json: object = {},
): INodeExecutionData {
	const files = Object.entries({ ...operation.fields, ...operation.optional }).filter(
		([name, { kind }]) => kind === 'file' && input[name] !== undefined,
	);
	if (files.length === 0) return { json: json as never };
	return {
		json: json as never,
		binary: Object.fromEntries(files.map(([name]) => [name, binaryOf(input[name] as FileContent)])),
	};
}

/** The items of an example: what comes in, where it says so, else one with the files of its input. */
export function itemsOf(operation: Operation, { input, items }: Example<Input>): INodeExecutionData[] {
	return items ? items.map((json) => ({ json: json as never })) : [itemOf(operation, input)];
}
