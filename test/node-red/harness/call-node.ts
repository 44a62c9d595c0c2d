/** A node of a flow file. */
export type FlowNode = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

/** Settings of a service: what becomes a config node. */
export interface Settings {
	/** Type of the config node, e.g. `flowai-api`. */
	readonly type: string;
	readonly config?: Readonly<Record<string, unknown>>;
	/** What Node-RED keeps encrypted. */
	readonly credentials?: Readonly<Record<string, string>>;
}

/** One message through one node. */
export interface NodeCall {
	readonly type: string;
	/** Properties of the node, e.g. `{ operation: 'message.sendText' }`. */
	readonly config: Readonly<Record<string, unknown>>;
	/** By the property that names them, e.g. `flowAiApi`. */
	readonly settings: Readonly<Record<string, Settings>>;
	/** The message, or what makes it once the node runs: a deploy ends calls that wait. */
	readonly msg: Readonly<Record<string, unknown>> | (() => Promise<Readonly<Record<string, unknown>>>);
}

/** An error as a Catch node hands it on. */
export interface CaughtError {
	readonly message: string;
	readonly code?: string;
	readonly cause?: Readonly<Record<string, unknown>>;
	readonly source?: Readonly<Record<string, unknown>>;
}

/** The message that came out, or the error that reached the Catch node. */
export type CallResult =
	| {
			readonly msg: Readonly<Record<string, unknown>>;
			/** Number of the output by which it came, from 0. */
			readonly output: number;
			readonly error?: undefined;
	  }
	| { readonly msg?: undefined; readonly output?: undefined; readonly error: CaughtError };

const READ = `const { req, res, _msgid, payload } = msg;
const bytes = (value) => (value && value.$bytes !== undefined ? Buffer.from(value.$bytes, 'base64') : value);
return { ...Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, bytes(value)])), req, res, _msgid };`;
const answer = (output: number): string => `const { req, res, ...rest } = msg;
return { req, res, payload: { msg: rest, output: ${output} } };`;
const FAIL = `const { req, res, error } = msg;
return { req, res, payload: { error } };`;

/**
 * A tab that takes a message by HTTP, hands it to the node and answers with what comes out, or with the error.
 * @param id begins every id of the tab
 */
export function callFlow(id: string, call: Omit<NodeCall, 'msg'>): FlowNode[] {
	const z = id;
	const code = (name: string, func: string, wire: string, x: number): FlowNode => ({
		id: `${id}-${name}`,
		type: 'function',
		z,
		name,
		func,
		outputs: 1,
		x,
		y: 80,
		wires: [[`${id}-${wire}`]],
	});
	const settings = Object.entries(call.settings).map(
		([property, { type, config, credentials }]): FlowNode => ({
			id: `${id}-${property}`,
			type,
			...config,
			...(credentials ? { credentials } : {}),
		}),
	);
	const chosen = Object.fromEntries(
		Object.keys(call.settings).map((property) => [property, `${id}-${property}`]),
	);
	return [
		{ id, type: 'tab', label: id },
		{
			id: `${id}-in`,
			type: 'http in',
			z,
			url: `/call/${id}`,
			method: 'post',
			x: 100,
			y: 80,
			wires: [[`${id}-read`]],
		},
		code('read', READ, 'node', 250),
		{
			id: `${id}-node`,
			type: call.type,
			z,
			...chosen,
			...call.config,
			x: 400,
			y: 80,
			wires: [[`${id}-answer`], [`${id}-second`]],
		},
		code('answer', answer(0), 'out', 550),
		code('second', answer(1), 'out', 550),
		{ id: `${id}-catch`, type: 'catch', z, scope: [`${id}-node`], x: 400, y: 140, wires: [[`${id}-fail`]] },
		code('fail', FAIL, 'out', 550),
		{ id: `${id}-out`, type: 'http response', z, x: 700, y: 80, wires: [] },
		...settings,
	];
}
