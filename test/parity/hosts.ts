import { allFields, formFields, runOptions, type Field, type FieldMap, type Operation } from '@convoflow/kit';
import type { FileContent, JsonObject } from '@convoflow/client';
import { services } from '@convoflow/nodes';
import type { Sandbox } from '@convoflow/sandbox';
import type { INodeExecutionData, INodeParameters, NodeParameterValueType } from 'n8n-workflow';
import { propertyOf, typePropertyOf } from '../../packages/node-red/src/model/names';
import { itemOf } from '../n8n/binary';
import { runNode } from '../n8n/harness';
import { loadTree } from '../n8n/tree';
import type { NodeRed } from '../node-red/harness';
import { formConfig } from '../node-red/harness/form-config';
import { openCall, type WaitingCall } from '../node-red/harness/open-call';
import { only, sandboxSettings } from '../node-red/harness/sandbox-settings';
import { wiredFile } from '../node-red/harness/wired-file';
import { credentialsFor } from '../n8n/services';

/** What an error tells, the same in both hosts. */
export interface Refusal {
	readonly code: string;
	/** What happened and what to do, as one text. */
	readonly says: string;
	readonly status: unknown;
	readonly field: unknown;
	readonly path: unknown;
}

/**
 * What a host made of one input: its rows, the outputs they left by, its files in base64 and what it answered a
 * call with; or its error.
 */
export type Outcome =
	| {
			readonly rows: JsonObject[];
			readonly outputs: number[];
			readonly files?: string[];
			readonly answer?: unknown;
	  }
	| Refusal;

/** True for an operation that answers the call which started the run. */
export function answersCall({ operation }: Place): boolean {
	return operation.credential === 'flowAiActionApi' && operation.name === 'reply';
}

/** An operation with its place. */
export interface Place {
	readonly operation: Operation;
	readonly resource: string;
	readonly nodeRedType: string;
	/** Name of the n8n node type, which is its package's only action node. */
	readonly n8nType: string;
}

const N8N_TYPES: Readonly<Record<string, string>> = {
	flowai: 'flowAi',
	flowxo: 'flowXo',
	chatlayer: 'chatlayer',
};

/** Every operation with its place. */
export const PLACES: readonly Place[] = services.flatMap(({ name, resources }) =>
	resources.flatMap((resource) =>
		resource.operations.map((operation) => ({
			operation,
			resource: resource.name,
			nodeRedType: resource.nodeRedType,
			n8nType: N8N_TYPES[name] ?? '',
		})),
	),
);

type Input = Readonly<Record<string, unknown>>;

const PACKAGES: Readonly<Record<string, string>> = {
	flowai: 'n8n-nodes-flowai',
	flowxo: 'n8n-nodes-flowxo',
	chatlayer: 'n8n-nodes-chatlayer',
};

function n8nValue(field: Field, value: unknown): NodeParameterValueType {
	if (field.kind === 'locator') {
		const byHand = field.idIs === 'Name' ? 'name' : 'id';
		const mode = typeof value === 'string' && value.startsWith('http') ? 'url' : byHand;
		return { __rl: true, mode, value: value as string };
	}
	// The name of the binary field, which the item carries under the name of the field.
	if (field.kind === 'file') return 'file';
	if (field.kind === 'list') return { rows: value as INodeParameters[] };
	if (field.kind === 'json') return typeof value === 'string' ? value : JSON.stringify(value);
	return value as NodeParameterValueType;
}

function n8nParameters(
	{ operation, resource }: Place,
	valueOf: (name: string, field: Field) => unknown,
): INodeParameters {
	const read = (
		fields: FieldMap,
		wrap: (field: Field, value: unknown) => NodeParameterValueType,
	): INodeParameters =>
		Object.fromEntries(
			Object.entries(fields).flatMap(([name, field]) => {
				const value = valueOf(name, field);
				return value === undefined ? [] : [[name, wrap(field, value)]];
			}),
		);
	return {
		resource,
		operation: operation.name,
		...read(formFields(operation), n8nValue),
		additionalFields: read(operation.optional, n8nValue),
		options: read(runOptions(operation), n8nValue),
	};
}

function sentence(text: unknown): string {
	return /[.!?…]$/.test(String(text)) ? String(text) : `${String(text)}.`;
}

/** @param ways the items of each output */
function outcomeOf(ways: readonly (readonly INodeExecutionData[])[]): Outcome {
	const items = ways.flat();
	const failed = items.find(({ json }) => typeof json['error'] === 'string' && 'details' in json);
	if (!failed) {
		const files = items.flatMap(({ binary = {} }) => Object.values(binary).map(({ data }) => data));
		const outputs = ways.flatMap((way, index) => (way.length > 0 ? [index] : []));
		const rows = items.map(({ json }) => json as JsonObject);
		return { rows, outputs, ...(files.length > 0 ? { files } : {}) };
	}
	const { error, details } = failed.json as { error: string; details: Record<string, unknown> };
	const { code, advice, status, field, path } = details;
	return { code: String(code), says: [error, advice].map(sentence).join(' '), status, field, path };
}

/** What comes in for an operation that takes every item at once; undefined for any other. */
type Incoming = readonly JsonObject[] | undefined;

/** The items of the examples, each with the input that expressions read. */
function itemsWith({ operation }: Place, input: Input): Incoming {
	if (operation.mode !== 'all') return undefined;
	const rows = new Set(operation.examples.flatMap(({ items = [] }) => items));
	return [...rows].map((row) => ({ ...row, input: input as JsonObject }));
}

/** Runs an operation in n8n's engine from the built package, once for each item. */
async function runInN8n(
	place: Place,
	sandbox: Sandbox,
	parameters: INodeParameters,
	items: readonly Input[],
	incoming?: Incoming,
): Promise<Outcome[]> {
	const { operation, n8nType } = place;
	const call = { replyBy: new Date(Date.now() + 60_000).toISOString(), verifiedBy: 'verifyToken' };
	const {
		items: outputs,
		replies,
		run,
	} = await runNode({
		tree: await loadTree(PACKAGES[operation.service] ?? ''),
		nodeType: n8nType,
		parameters,
		credentials: credentialsFor(sandbox, operation.credential),
		...(answersCall(place) ? { startType: 'flowAiActionTrigger' } : {}),
		items: incoming
			? incoming.map((json) => itemOf(operation, {}, json))
			: items.map((input) => itemOf(operation, input, { ...call, input: withoutFiles(operation, input) })),
		onError: 'continueRegularOutput',
	});
	// An item that fails has its error in an item; where the node itself threw, n8n would hand on what came in.
	const thrown = Object.values(run.data.resultData.runData).flatMap(([task]) => task?.error ?? []);
	if (thrown[0]) throw thrown[0];
	const [reply] = replies as { body: unknown }[];
	const indexOf = ({ pairedItem }: INodeExecutionData): number =>
		incoming ? 0 : (pairedItem as { item: number }).item;
	return items.map((_input, index) => ({
		...outcomeOf(outputs.map((way) => way.filter((item) => indexOf(item) === index))),
		...(reply ? { answer: reply.body } : {}),
	}));
}

/** The example as a person would fill the form of n8n. */
export async function byFormInN8n(
	place: Place,
	sandbox: Sandbox,
	input: Input,
	incoming?: Incoming,
): Promise<Outcome> {
	const parameters = n8nParameters(place, (name) => input[name]);
	const [outcome] = await runInN8n(place, sandbox, parameters, [input], incoming);
	return outcome ?? { rows: [], outputs: [] };
}

/** Every input as an item, the form filled with expressions. */
export async function byItemInN8n(
	place: Place,
	sandbox: Sandbox,
	inputs: readonly Input[],
): Promise<Outcome[]> {
	const parametersOf = (input: Input): INodeParameters =>
		n8nParameters(place, (name, { kind, isFixed }) => {
			// A fixed field takes no expression; the generated input leaves it out.
			if (isFixed) return undefined;
			if (kind === 'list') return input[name];
			return kind === 'file' ? name : `={{ $json.input[${JSON.stringify(name)}] }}`;
		});
	// Nobody writes one expression for the rows of a list: they are filled in, one form for each input. A call takes
	// one answer, and all items give one result.
	const hasList = Object.values(allFields(place.operation)).some(({ kind }) => kind === 'list');
	if (hasList || answersCall(place) || place.operation.mode === 'all') {
		const outcomes: Outcome[] = [];
		for (const input of inputs) {
			const items = itemsWith(place, input);
			outcomes.push(...(await runInN8n(place, sandbox, parametersOf(input), [input], items)));
		}
		return outcomes;
	}
	return await runInN8n(place, sandbox, parametersOf({}), inputs);
}

function isFileField(operation: Operation, name: string): boolean {
	return { ...operation.fields, ...operation.optional }[name]?.kind === 'file';
}

/** Input without its files: those travel beside the JSON. */
function withoutFiles(operation: Operation, input: Input): Input {
	return Object.fromEntries(Object.entries(input).filter(([name]) => !isFileField(operation, name)));
}

/** The message of an input: its fields at `msg.input`, a file at `msg.file`. */
function messageOf(operation: Operation, input: Input): Input {
	const file = Object.entries(input).find(([name]) => isFileField(operation, name))?.[1] as
		FileContent | undefined;
	if (!file) return { input };
	return { input: withoutFiles(operation, input), ...wiredFile('file', file) };
}

async function callNodeRed(
	place: Place,
	nodeRed: NodeRed,
	sandbox: Sandbox,
	form: Input,
	input: Input,
	incoming?: Incoming,
): Promise<Outcome> {
	const { operation, resource, nodeRedType } = place;
	let waiting: WaitingCall | undefined;
	const { msg, output, error } = await nodeRed.callNode({
		type: nodeRedType,
		config: { operation: `${resource}.${operation.name}`, sendAs: 'one', ...form },
		settings: only(sandboxSettings(sandbox), operation.credential),
		msg: async () => {
			waiting = answersCall(place) ? await openCall(nodeRed) : undefined;
			return {
				...messageOf(operation, input),
				flowaiCall: waiting?.id,
				...(incoming ? { payload: incoming } : {}),
			};
		},
	});
	if (error) {
		waiting?.hangUp();
		const { status, field, path } = error.cause ?? {};
		// Node-RED also says which property of the message the value came from; n8n has no such thing.
		const says = error.message.replace(/ \(it is read from [^)]*\)/, '');
		return { code: error.code ?? 'none', says, status, field, path };
	}
	if (operation.returns === 'file') {
		// A Buffer as JSON, and beside it what n8n has in the item's JSON.
		const { data } = msg['payload'] as { data: number[] };
		const { file } = msg[operation.service] as { file: JsonObject };
		return { rows: [file], outputs: [output], files: [Buffer.from(data).toString('base64')] };
	}
	const payload = msg['payload'] as JsonObject | JsonObject[];
	const answer = await waiting?.answer;
	const rows = Array.isArray(payload) ? payload : [payload];
	return { rows, outputs: rows.length > 0 ? [output] : [], ...(answer === undefined ? {} : { answer }) };
}

/** The example as a person would fill the form of Node-RED. */
export async function byFormInNodeRed(
	place: Place,
	nodeRed: NodeRed,
	sandbox: Sandbox,
	input: Input,
	incoming?: Incoming,
): Promise<Outcome> {
	const files = Object.fromEntries(
		Object.entries(input).filter(([name]) => isFileField(place.operation, name)),
	);
	return await callNodeRed(
		place,
		nodeRed,
		sandbox,
		formConfig(place.operation, input, 'file'),
		files,
		incoming,
	);
}

/** One input as a message, the form set to its properties. */
export async function byMessageInNodeRed(
	place: Place,
	nodeRed: NodeRed,
	sandbox: Sandbox,
	input: Input,
): Promise<Outcome> {
	const fields: FieldMap = allFields(place.operation);
	const form = Object.keys(fields).flatMap((name) => [
		[propertyOf(name), isFileField(place.operation, name) ? 'file' : `input.${name}`],
		[typePropertyOf(name), 'msg'],
	]);
	const config = Object.fromEntries(form) as Input;
	return await callNodeRed(place, nodeRed, sandbox, config, input, itemsWith(place, input));
}
