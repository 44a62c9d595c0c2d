import { aborted, invalidInput, isConvoflowError, type JsonObject } from '@convoflow/client';
import {
	findCredential,
	findOperation,
	Lanes,
	readInput,
	runOperation,
	type Credential,
	type Input,
	type Operation,
	type Service,
} from '@convoflow/kit';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connectCredential, type Connection } from './credential';
import { errorItem } from './error-item';
import { toNodeError } from './node-error';
import { operationParameters } from './parameters';
import { SentItems } from './sent-items';

/** Items at work at once. */
const AT_ONCE = 16;

/** What became of an item; an item that was never started has neither. */
interface Outcome {
	readonly rows?: readonly JsonObject[];
	readonly error?: unknown;
}

/**
 * Runs the chosen operation for every item: those of one lane in their order, lanes side by side, results in
 * the order of the items. Stop in n8n ends it at once. Unless the node continues on fail, bad input of any
 * item is refused before anything is sent, and the first failure lets no further item start. What an earlier
 * try of the same run has sent is not sent again.
 * @throws NodeApiError or NodeOperationError with the index of the item
 */
export async function executeService(
	context: IExecuteFunctions,
	service: Service,
	credentials: readonly Credential[],
): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(context, service);
	const credential = findCredential(credentials, operation.credential);
	const items = context.getInputData();
	const keepsGoing = context.continueOnFail();

	const sent = await SentItems.of(context, operation);
	const inputs = items.map((_item, index): ReadItem => {
		const rows = sent?.rowsOf(index);
		return rows ? { rows } : readItem(context, operation, index);
	});
	const refused = inputs.findIndex(({ error }) => error !== undefined);
	if (refused >= 0 && !keepsGoing) throw toNodeError(context.getNode(), inputs[refused]?.error, refused);

	const outcomes = await runItems(context, operation, credential, inputs, sent);
	const failed = outcomes.findIndex(({ error }) => error !== undefined && !isStop(error));
	if (failed >= 0 && !keepsGoing) throw toNodeError(context.getNode(), outcomes[failed]?.error, failed);
	// With a failed item among them n8n may try again.
	if (outcomes.every(({ error }) => error === undefined)) sent?.forget();
	return [
		outcomes.flatMap(({ rows, error }, index): INodeExecutionData[] =>
			error === undefined
				? (rows ?? []).map((json) => ({ json, pairedItem: { item: index } }))
				: [errorItem(context, error, index)],
		),
	];
}

function chosenOperation(context: IExecuteFunctions, service: Service): Operation {
	const resource = String(context.getNodeParameter('resource', 0));
	const name = String(context.getNodeParameter('operation', 0));
	const operation = findOperation(service, resource, name);
	if (operation) return operation;
	const refused = invalidInput(
		'operation',
		'Operation',
		`is not one of ${service.displayName}: "${resource}: ${name}"`,
	);
	throw toNodeError(context.getNode(), refused, 0);
}

/** The checked input of an item, why it is refused, or what it put out when it was sent before. */
interface ReadItem extends Outcome {
	readonly input?: Input;
}

function readItem(context: IExecuteFunctions, operation: Operation, index: number): ReadItem {
	try {
		// With null for a hidden parameter; without a fallback n8n would throw.
		const raw = operationParameters(operation, (name) => context.getNodeParameter(name, index, null));
		return { input: readInput(operation, raw, { timeZone: context.getTimezone() }) };
	} catch (error) {
		return { error };
	}
}

async function runItems(
	context: IExecuteFunctions,
	operation: Operation,
	credential: Credential,
	inputs: readonly ReadItem[],
	sent: SentItems | undefined,
): Promise<Outcome[]> {
	const cancelled = context.getExecutionCancelSignal() ?? new AbortController().signal;
	const failed = new AbortController();
	// A read may be cut off once another item has failed; a send that is under way ends on its own.
	const signal = operation.effect === 'read' ? AbortSignal.any([cancelled, failed.signal]) : cancelled;
	const keepsGoing = context.continueOnFail();
	const lanes = new Lanes(AT_ONCE);
	let connection: Promise<Connection> | undefined;

	const runItem = async ({ input, ...outcome }: ReadItem, index: number): Promise<Outcome> => {
		if (input === undefined) return outcome;
		if (failed.signal.aborted) return {};
		try {
			connection ??= connectCredential(context, credential);
			const opened = await connection;
			const rows = await collect(operation, opened.clientFor(input), input, context, signal);
			sent?.keep(index, rows);
			return { rows };
		} catch (thrown) {
			if (!keepsGoing) failed.abort();
			return { error: thrown };
		}
	};
	const outcomes = await Promise.all(
		inputs.map(
			async (item, index) =>
				await lanes.run(item.input && operation.lane?.(item.input), async () => await runItem(item, index)),
		),
	);
	await connection?.then(
		async (opened) => await opened.close(),
		() => undefined,
	);
	if (cancelled.aborted) throw toNodeError(context.getNode(), aborted());
	return outcomes;
}

async function collect(
	operation: Operation,
	client: unknown,
	input: Input,
	host: IExecuteFunctions,
	signal: AbortSignal,
): Promise<JsonObject[]> {
	const rows: JsonObject[] = [];
	const pages = runOperation(operation, client, input, {
		signal,
		now: () => Date.now(),
		log: (level, message) => host.logger[level](message),
		notice: (message) => host.addExecutionHints({ message, type: 'warning', location: 'outputPane' }),
	});
	for await (const page of pages) rows.push(...page);
	return rows;
}

function isStop(error: unknown): boolean {
	return isConvoflowError(error) && error.code === 'CONVOFLOW_ABORTED';
}
