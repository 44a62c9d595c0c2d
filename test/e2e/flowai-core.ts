import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '@convoflow/client';
import type { Operation } from '@convoflow/kit';
import { flowAi } from '@convoflow/nodes';
import type { Sandbox } from '@convoflow/sandbox';

/** Where records of runs are kept, with a picture of the flow. */
export const RECORDS = join(__dirname, '../../build/e2e');

/** An operation of Flow.ai as it is run from start to end. */
export interface CoreOperation {
	/** `message.sendText`. */
	readonly name: string;
	readonly resource: string;
	readonly nodeRedType: string;
	readonly operation: Operation;
	readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Every operation of Flow.ai with its first example. Those that answer a call need one that waits; they are run
 * with their trigger.
 */
export const coreOperations: readonly CoreOperation[] = flowAi.resources
	.filter(({ name }) => name !== 'action')
	.flatMap(({ name: resource, nodeRedType, operations }) =>
		operations.map((operation) => ({
			name: `${resource}.${operation.name}`,
			resource,
			nodeRedType,
			operation,
			input: operation.examples[0]?.input ?? {},
		})),
	);

/** The file that stands in for the one in an example: text, which every host can make. */
export const FILE = { name: 'menu.txt', mimeType: 'text/plain', text: 'Soup of the day' } as const;

/** Methods and paths of the requests that the service got, without the query: read from it, not from us. */
export function requestsTo(sandbox: Sandbox): string[] {
	return sandbox
		.requests()
		.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '').replace(/^\/flowai/, '')}`);
}

/** Calls that the operations make by the documents: one line for each, the thread of its example in it. */
export const EXPECTED_REQUESTS = [
	'DELETE /rest/v1/pause/t-101',
	'GET /rest/v1/broadcast/segments',
	'GET /rest/v1/businesshours',
	'GET /rest/v1/messages/t-100',
	'GET /rest/v1/pause/t-101',
	'GET /rest/v1/threads',
	'GET /rest/v1/trigger/event',
	'GET /socket.info',
	'GET /thread.unnoticed',
	'GET /v1/projects/pr-1/flows',
	'POST /rest/v1/broadcast/instant',
	'POST /rest/v1/broadcast/instant/segment',
	'POST /rest/v1/handover/t-101',
	'POST /rest/v1/messages',
	'POST /rest/v1/messages/t-100',
	'POST /rest/v1/messages/t-102',
	'POST /rest/v1/pause/t-101',
	'POST /rest/v1/resolve/t-101',
	'POST /rest/v1/takeover/t-101',
	'POST /rest/v1/trigger/event/t-101',
	'POST /thread.upload',
];

/** Writes down what each operation put out. @returns path of the file */
export async function keepRecord(host: string, rows: Readonly<Record<string, unknown>>): Promise<string> {
	await mkdir(RECORDS, { recursive: true });
	const file = join(RECORDS, `flowai-operations-${host}.json`);
	await writeFile(file, `${JSON.stringify(rows, null, '\t')}\n`);
	return file;
}

/** Names of what a row holds: what tells whether an operation put out what its sample shows. */
export function namesIn(row: JsonObject | undefined): string[] {
	return Object.keys(row ?? {}).sort();
}

/** Questions over the socket, and what of a reply is expected. The sandbox's bot says "many" in five messages over 4 s. */
export const QUESTIONS = {
	once: { threadId: 'e2e-ask-once', text: 'When are you open?', timeoutSeconds: 10 },
	five: { threadId: 'e2e-ask-five', text: 'Say many things', timeoutSeconds: 20 },
	/** Its bot is paused beforehand. */
	never: { threadId: 'e2e-ask-never', text: 'Is anybody there?', timeoutSeconds: 3 },
} as const;

/** Checks what came back, in texts that only the service can have written. */
export function expectReplies(rows: Readonly<Record<keyof typeof QUESTIONS, JsonObject | undefined>>): void {
	expect(rows.once).toMatchObject({ replied: true, isWhole: true, text: 'We are open from nine to eight.' });
	const five = [1, 2, 3, 4, 5].map((n) => `Reply ${n} of 5`).join('\n');
	expect(rows.five).toMatchObject({ replied: true, isWhole: true, text: five });
	expect(rows.never).toMatchObject({ replied: false, isWhole: false, replies: [] });
}
