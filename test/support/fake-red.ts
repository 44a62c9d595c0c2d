import { EventEmitter } from 'node:events';
import type { Message, NodeConfig, Red, RedNode } from '../../packages/node-red/src/runtime/red';

type Constructor = (this: RedNode, config: NodeConfig) => void;

/** A node of the fake Node-RED, with what it was made to do. */
export interface FakeNode {
	/** Closes it as a deploy or the end of Node-RED does. */
	close(isRemoved?: boolean): Promise<void>;
	/** Sends a message into it. Resolves when it is done. */
	receive(message?: Message): Promise<void>;
}

/** As much of Node-RED as a trigger needs; the rest is tested in the real one. */
export class FakeRed {
	readonly red: Red;
	/** Told of every message that a node sends. */
	onSend: (message: Message) => void = () => undefined;
	readonly errors: unknown[] = [];
	readonly warnings: string[] = [];
	readonly #types = new Map<string, Constructor>();
	readonly #nodes = new Map<string, RedNode>();

	constructor(userDir: string) {
		const route = (): void => undefined;
		this.red = {
			events: new EventEmitter(),
			settings: { userDir },
			auth: { needsPermission: () => route },
			httpAdmin: { get: route, post: route, all: route },
			nodes: {
				createNode: () => undefined,
				getNode: (id: string) => this.#nodes.get(id) ?? null,
				eachNode: (visit: (config: NodeConfig) => void) =>
					[...this.#nodes.keys()].forEach((id) => visit({ id })),
				registerType: (type: string, constructor: Constructor) => this.#types.set(type, constructor),
			},
		} as unknown as Red;
	}

	/** Starts a node. */
	start(type: string, config: NodeConfig, credentials: Readonly<Record<string, unknown>> = {}): FakeNode {
		const emitter = new EventEmitter();
		const node = Object.assign(emitter, {
			id: config.id,
			type,
			credentials,
			send: (message: Message) => this.onSend(message),
			status: () => undefined,
			error: (error: unknown) => this.errors.push(error),
			warn: (text: string) => this.warnings.push(text),
			log: () => undefined,
			debug: () => undefined,
		}) as unknown as RedNode;
		this.#nodes.set(config.id, node);
		this.#types.get(type)?.call(node, config);
		return {
			close: async (isRemoved = false) => {
				if (emitter.listenerCount('close') > 0)
					await new Promise<void>((resolve) => emitter.emit('close', isRemoved, resolve));
			},
			receive: async (message = {}) =>
				await new Promise<void>((resolve) =>
					emitter.emit(
						'input',
						message,
						() => undefined,
						(error?: unknown) => {
							if (error !== undefined) this.errors.push(error);
							resolve();
						},
					),
				),
		};
	}
}
