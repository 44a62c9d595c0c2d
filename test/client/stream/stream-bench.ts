import {
	FlowAiSocketClient,
	FlowAiStream,
	type JsonObject,
	type StreamKind,
	type StreamOptions,
	type StreamStatus,
} from '@convoflow/client';
import { answer, fakePorts, type FakePorts, type Step } from '../../support/fake-ports';
import { FakeSockets } from '../../support/fake-sockets';

/** Everything around one stream: its other side, its clock and what it told. */
export interface Bench {
	readonly stream: FlowAiStream;
	readonly client: FlowAiSocketClient;
	readonly ports: FakePorts;
	readonly sockets: FakeSockets;
	readonly events: { readonly kind: StreamKind; readonly output: JsonObject }[];
	readonly statuses: StreamStatus[];
}

/** An answer of `socket.info`; each call gives another address, as the service does. */
export function endpoint(): Step {
	let count = 0;
	return () => {
		count += 1;
		return Promise.resolve(answer({ status: 'ok', payload: { endpoint: `wss://sdk.flow.ai/ws/${count}` } }));
	};
}

/** Makes a stream for the thread `t-1` whose sockets are in the hands of the test. */
export function bench(script: readonly Step[] = [endpoint()], options: Partial<StreamOptions> = {}): Bench {
	const sockets = new FakeSockets();
	const ports = fakePorts(script, { openSocket: sockets.open });
	const client = new FlowAiSocketClient(ports, { baseUrl: 'https://sdk.flow.ai', clientId: 'client-1' });
	const events: Bench['events'] = [];
	const statuses: StreamStatus[] = [];
	const stream = new FlowAiStream(ports, client, {
		threadId: 't-1',
		onEvent: (kind, output) => events.push({ kind, output }),
		onStatus: (status) => statuses.push(status),
		...options,
	});
	return { stream, client, ports, sockets, events, statuses };
}

/** Lets the newest socket open, and answers its first ping. */
export async function connect({ ports, sockets }: Bench): Promise<void> {
	await ports.clock.advance(0);
	sockets.last.open();
	await ports.clock.advance(60);
	sockets.last.receive({ type: 'pong' });
	await ports.clock.advance(0);
}

/** A started stream that is connected. */
export async function connected(
	script?: readonly Step[],
	options?: Partial<StreamOptions>,
): Promise<Bench & { readonly started: Promise<void> }> {
	const made = bench(script, options);
	const started = made.stream.start();
	await connect(made);
	return { ...made, started };
}

/** A message of the service. */
export function received(text: string, threadId: string | null = 't-1'): JsonObject {
	return {
		type: 'message.received',
		payload: {
			...(threadId === null ? {} : { threadId }),
			originator: { name: 'Hostess', role: 'bot' },
			messages: [{ fallback: text, responses: [{ type: 'text', payload: { text } }] }],
		},
	};
}
