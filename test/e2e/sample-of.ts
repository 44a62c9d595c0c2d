import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '@convoflow/client';
import { flowAi } from '@convoflow/nodes';
import { samplePath } from '../../packages/n8n-host/src/generate/samples';
import type { CoreOperation } from './flowai-core';

/** The rows that were recorded for an operation beside its definition. */
export async function sampleOf({ resource, operation }: CoreOperation): Promise<JsonObject[]> {
	const file = join(__dirname, '../..', samplePath(flowAi, resource, operation));
	return JSON.parse(await readFile(file, 'utf8')) as JsonObject[];
}
