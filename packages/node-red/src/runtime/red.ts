// The published types of Node-RED describe version 1.3; these cover what this package uses of 4.1 and 5.
import type { IncomingMessage } from 'node:http';

/** A message on a wire. */
export interface Message {
	_msgid?: string;
	payload?: unknown;
	[property: string]: unknown;
}

/** What a node shows below itself. `text` is a key of its catalog, translated in the user's browser. */
export interface NodeStatus {
	readonly fill?: 'red' | 'green' | 'yellow' | 'blue' | 'grey';
	readonly shape?: 'ring' | 'dot';
	readonly text?: string;
}

/** Sends a message, or by its place in a list one to each output. */
export type Send = (message: Message | readonly (Message | null)[]) => void;
export type Done = (error?: Error) => void;

/** A node of a running flow. */
export interface RedNode {
	readonly id: string;
	readonly type: string;
	readonly credentials?: Readonly<Record<string, unknown>>;
	on(event: 'input', handler: (message: Message, send: Send, done: Done) => void): void;
	on(event: 'close', handler: (removed: boolean, done: () => void) => void): void;
	send: Send;
	status(status: NodeStatus): void;
	error(error: Error | string, message?: Message): void;
	warn(text: string): void;
	log(text: string): void;
	debug(text: string): void;
}

/** What the editor stored for a node. */
export type NodeConfig = Readonly<Record<string, unknown>> & { readonly id: string };

/** A request of Express, as far as it is used. */
export interface Request extends IncomingMessage {
	readonly params: Readonly<Record<string, string>>;
	readonly query: Readonly<Record<string, unknown>>;
	/** Parsed on the admin side, and on the public side where both share a root. */
	readonly body?: unknown;
	/** Set by Express's parsers once they have read the body, or tried to. */
	readonly _body: boolean;
	/** Path and query as the caller wrote them. */
	readonly originalUrl: string;
}

/** A response of Express, as far as it is used. */
export interface Response {
	readonly headersSent: boolean;
	statusCode: number;
	status(code: number): Response;
	set(name: string, value: string): Response;
	/** Node.js's own, in place of Express's: sets the header as it is. */
	setHeader(name: string, value: string | number): unknown;
	json(body: unknown): void;
	/** Called once the answer is out, or the caller has gone. */
	on(event: 'close', handler: () => void): void;
	end(text?: string): void;
}

export type Handler = (request: Request, response: Response, next: () => void) => void;

/** Express counts the parameters: four make a handler of errors. */
export type ErrorHandler = (
	error: unknown,
	request: Request,
	response: Response,
	next: (error?: unknown) => void,
) => void;

interface Routes {
	all(path: string, ...handlers: Handler[]): void;
	get(path: string, ...handlers: Handler[]): void;
	post(path: string, ...handlers: Handler[]): void;
}

/** The API that Node-RED hands to a module of nodes. */
export interface Red {
	readonly nodes: {
		createNode(node: RedNode, config: NodeConfig): void;
		getNode(id: string): RedNode | null;
		/** Visits what the flows hold, disabled nodes among it. */
		eachNode(visit: (config: NodeConfig) => void): void;
		getCredentials(id: string): Readonly<Record<string, unknown>> | undefined;
		registerType(
			type: string,
			constructor: (this: RedNode, config: NodeConfig) => void,
			options?: { credentials?: Readonly<Record<string, { type: 'password' }>> },
		): void;
	};
	readonly util: {
		evaluateNodeProperty(
			value: string,
			type: string,
			node: RedNode,
			message: Message | undefined,
			callback: (error: Error | null, value?: unknown) => void,
		): void;
		getSetting(node: RedNode | null, name: string): unknown;
		cloneMessage(message: Message): Message;
		generateId(): string;
	};
	/** Tells of deploys: `flows:stopping`, `flows:stopped`, `flows:starting`, `flows:started`. */
	readonly events: {
		on(event: string, handler: (detail: unknown) => void): void;
	};
	/** Messages on their way through the flows (Node-RED, API reference, Message Routing Hooks). */
	readonly hooks: {
		add(hook: string, handler: (event: never) => void): void;
		/** `*.label` takes out every handler of a label. */
		remove(hook: string): void;
	};
	readonly auth: { needsPermission(permission: string): Handler };
	/** Mounted, by Express's own word, on the application that parses what the editor's side is sent. */
	readonly httpAdmin: Routes & { readonly parent?: { use(handler: ErrorHandler): void } };
	readonly httpNode: Routes;
	/** The web server; Node-RED has none of its own where it runs inside another program. */
	readonly server?: {
		prependListener(event: 'request', handler: (request: IncomingMessage) => void): unknown;
	};
	readonly settings: {
		/** Folder of flows and settings; Node-RED always sets it. */
		readonly userDir?: string;
		readonly apiMaxLength?: string | number;
		readonly httpNodeRoot?: string | false;
		readonly httpNodeAuth?: unknown;
		/** Where Node-RED's own nodes look for proxies, when not in the environment. */
		readonly proxyOptions?: { readonly env?: Readonly<Record<string, string | undefined>> };
	};
}
