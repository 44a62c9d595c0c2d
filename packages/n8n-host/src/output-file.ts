import { baseName, chunksOf, ConvoflowError, sizeInWords } from '@convoflow/client';
import { fileRow, type FileResult } from '@convoflow/kit';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { MAX_FILE } from './input-file';

/** Parameter that names the binary field for a file that an operation returns. */
const OUTPUT_FIELD = 'outputBinaryField';

/** The property of that parameter. */
export function outputFileProperty(displayOptions: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Put Output File in Field',
		name: OUTPUT_FIELD,
		type: 'string',
		required: true,
		...(displayOptions ? { displayOptions } : {}),
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
		description: 'Binary field of the output that holds the file',
	};
}

/**
 * The output item of a file: what is told about it as JSON, its bytes as binary data where n8n keeps those.
 * @throws CONVOFLOW_FILE_TOO_LARGE above 64 MB
 */
export async function fileItem(
	context: IExecuteFunctions,
	result: FileResult,
	index: number,
): Promise<INodeExecutionData> {
	const { file } = result;
	const parts: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of chunksOf(file)) {
		size += chunk.length;
		if (size > MAX_FILE) {
			throw new ConvoflowError(
				'CONVOFLOW_FILE_TOO_LARGE',
				`The file has more than ${sizeInWords(MAX_FILE)}, and n8n holds it in memory`,
				{ advice: 'Narrow what goes into the file, for example with a limit or a shorter time range.' },
			);
		}
		parts.push(chunk);
	}
	const chosen = context.getNodeParameter(OUTPUT_FIELD, index, 'data');
	const property = (typeof chosen === 'string' && chosen.trim()) || 'data';
	const name = baseName(file.name);
	const data = await context.helpers.prepareBinaryData(Buffer.concat(parts, size), name, file.mimeType);
	return { json: fileRow(result), binary: { [property]: data } };
}
