import {
	invalidInput,
	isConvoflowError,
	type ConvoflowError,
	type JsonObject,
	type LogLevel,
	type OpenCall,
} from '@convoflow/client';
import {
	byOutput,
	findCredential,
	findOperation,
	allFields,
	Lanes,
	readInput,
	runFileOperation,
	runOperation,
	type Credential,
	type Input,
	type Operation,
	type RunContext,
	type Service,
} from '@convoflow/kit';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connectCredential, type Connection } from './credential';
import { errorItem } from './error-item';
import { withFiles } from './input-file';
import { isTool } from './is-tool';
import { toNodeError } from './node-error';
import { fileItem } from './output-file';
import { operationParameters } from './parameters';
import { SentItems, type OutputItem } from './sent-items';
import { isStop, tellStopped } from './stopped';
import { readToolOutput, selected, type ToolOutput } from './tool-output';

/** Items at work at once. */
const AT_ONCE = 64;

/** Finds the call that started an execution and still waits for its answer. */
type OpenCallOf = (context: IExecuteFunctions) => OpenCall;

/** What became of an item; an item that was never started has neither. */
interface Outcome {
	readonly items?: readonly OutputItem[] | undefined;
	readonly error?: unknown;
}

/**
 * Runs the chosen operation for every item: those of one lane in their order, lanes side by side, results in
 * the order of the items, by output where the operation has several. Stop in n8n ends it at once; what was done by
 * then is put out, with a hint that counts it. Unless the
 * node continues on fail or is a tool of an agent, bad input of any item is refused before anything is sent, and the
 * first failure lets no further item start. What an earlier try of the same run has sent, or may have sent, is not
 * sent again.
 * @param openCall finds the call that started the execution, for services whose calls can be answered
 * @throws NodeApiError or NodeOperationError with the index of the item
 */
export async function executeService(
	context: IExecuteFunctions,
	service: Service,
	credentials: readonly Credential[],
	openCall?: OpenCallOf,
): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(context, service);
	const credential =
		operation.credential === undefined ? undefined : findCredential(credentials, operation.credential);
	const all = context.getInputData();
	// An operation that takes all items at once runs once, with the parameters of the first.
	const items = operation.mode === 'all' ? all.slice(0, 1) : all;
	const keepsGoing = continues(context);
	const stop = context.getExecutionCancelSignal() ?? new AbortController().signal;

	const sent = await SentItems.of(context, operation);
	const inputs = await Promise.all(
		items.map(async (_item, index): Promise<ReadItem> => {
			const items = sent?.itemsOf(index);
			const error = sent?.unknownOf(index);
			return (items ?? error) ? { items, error } : await readItem(context, operation, index);
		}),
	);
	const refused = inputs.findIndex(({ error }) => error !== undefined);
	if (refused >= 0 && !keepsGoing) throw toNodeError(context.getNode(), inputs[refused]?.error, refused);

	const outcomes = await runItems(context, operation, credential, inputs, stop, sent, openCall);
	const failed = outcomes.findIndex(({ error }) => error !== undefined && !isStop(error));
	if (failed >= 0 && !keepsGoing) throw toNodeError(context.getNode(), outcomes[failed]?.error, failed);
	if (stop.aborted) tellStopped(context, operation, outcomes);
	// With a failed item among them n8n may try again.
	if (outcomes.every(({ error }) => error === undefined)) sent?.forget();
	const ways = outcomes.map(({ items: made = [], error }, index): INodeExecutionData[][] => {
		if (isStop(error)) return [];
		if (error !== undefined) return [[errorItem(context, error, index)]];
		const input = inputs[index]?.input;
		const pairedItem = operation.mode === 'all' ? all.map((_item, item) => ({ item })) : { item: index };
		const linked = made.map((item) => ({ ...item, pairedItem }));
		// A tool has one answer.
		if (!input || isTool(context)) return [linked];
		return byOutput(operation, input, linked, ({ json }) => json as JsonObject);
	});
	const count = Math.max(1, ...ways.map((one) => one.length));
	return Array.from({ length: count }, (_, way) => ways.flatMap((one) => one[way] ?? []));
}

/** Whether a failed item is put out as one. An agent hears of a failure only so, and can mend what it asked for. */
function continues(context: IExecuteFunctions): boolean {
	return context.continueOnFail() || isTool(context);
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
	/** What of the rows goes to the agent whose tool the node is. */
	readonly tool?: ToolOutput | undefined;
}

async function readItem(context: IExecuteFunctions, operation: Operation, index: number): Promise<ReadItem> {
	try {
		// With null for a hidden parameter; without a fallback n8n would throw.
		const { typeVersion } = context.getNode();
		const raw = operationParameters(operation, typeVersion, (name) =>
			context.getNodeParameter(name, index, null),
		);
		const tool = readToolOutput(context, operation, index);
		if (tool) raw['simplify'] = tool.simplify;
		const values = await withFiles(context, allFields(operation), raw, index);
		return { input: readInput(operation, values, { timeZone: context.getTimezone() }), tool };
	} catch (error) {
		return { error };
	}
}

async function runItems(
	context: IExecuteFunctions,
	operation: Operation,
	credential: Credential | undefined,
	inputs: readonly ReadItem[],
	stop: AbortSignal,
	sent: SentItems | undefined,
	openCall: OpenCallOf | undefined,
): Promise<Outcome[]> {
	const failed = new AbortController();
	// A read may be cut off once another item has failed; a send that is under way ends on its own.
	const signal = operation.effect === 'read' ? AbortSignal.any([stop, failed.signal]) : stop;
	const keepsGoing = continues(context);
	const lanes = new Lanes(AT_ONCE);
	let connection: Promise<Connection> | undefined;

	const runItem = async ({ input, tool, ...outcome }: ReadItem, index: number): Promise<Outcome> => {
		if (input === undefined) return outcome;
		if (failed.signal.aborted || stop.aborted) return {};
		try {
			if (credential) connection ??= connectCredential(context, credential);
			const client = (await connection)?.clientFor(input);
			const more = {
				signal,
				...(openCall ? { openCall: () => openCall(context) } : {}),
				...(sent ? { checkpoint: sent.checkpointOf(index) } : {}),
			};
			const rows = await collect(operation, client, input, context, index, more);
			const made = tool
				? rows.map(({ json, ...rest }) => ({ ...rest, json: selected(json as JsonObject, tool) }))
				: rows;
			sent?.keep(index, made);
			return { items: made };
		} catch (thrown) {
			if (isUnknown(thrown)) sent?.keepUnknown(index, thrown);
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
	return outcomes;
}

async function collect(
	operation: Operation,
	client: unknown,
	input: Input,
	host: IExecuteFunctions,
	index: number,
	more: Pick<RunContext, 'signal' | 'openCall' | 'checkpoint'>,
): Promise<OutputItem[]> {
	const context = {
		...more,
		now: () => Date.now(),
		log: (level: LogLevel, message: string) => host.logger[level](message),
		notice: (message: string) => host.addExecutionHints({ message, type: 'warning', location: 'outputPane' }),
		...(operation.mode === 'all' ? { items: host.getInputData().map(({ json }) => json as JsonObject) } : {}),
	};
	if (operation.returns === 'file') {
		const result = await runFileOperation(operation, client, input, context);
		return [await fileItem(host, result, index)];
	}
	const items: OutputItem[] = [];
	for await (const page of runOperation(operation, client, input, context))
		items.push(...page.map((json) => ({ json })));
	return items;
}

function isUnknown(error: unknown): error is ConvoflowError {
	return isConvoflowError(error) && error.code === 'CONVOFLOW_OUTCOME_UNKNOWN';
}
