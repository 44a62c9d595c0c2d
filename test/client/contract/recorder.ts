import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chunksOf, isObject, type JsonObject, type JsonValue, type Ports } from '@convoflow/client';
import { credentials } from '@convoflow/credentials';
import {
	connect,
	findCredential,
	findOperation,
	readFields,
	readInput,
	runFileOperation,
	runOperation,
	type Service,
} from '@convoflow/kit';
import { WebSocket, WebSocketServer } from 'ws';
import { pagesOf } from '../../support/fake-ports';
import { realPorts } from '../../support/undici-port';

/** A request as its bytes arrived. */
export interface Wire {
	/** Method and target of the request line, e.g. `GET /rest/v1/threads?sync=true`. */
	readonly request: string;
	/** Every header but those of the transport, names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/** Parsed JSON; of a multipart body its text, with `BOUNDARY` for what is made up. */
	readonly body?: JsonValue;
}

/** What an operation is to put on the wire, written by hand from the document that is named. */
export interface Contract {
	/** Document and section. */
	readonly from: string;
	/** As a user fills in the form. */
	readonly input: Readonly<Record<string, unknown>>;
	/** JSON of the items that come in, for an operation that takes all of them at once. */
	readonly items?: readonly JsonObject[];
	/** Answers in order, the last one again; `{"status": "ok"}` unless told otherwise. */
	readonly answers?: readonly JsonValue[];
	readonly wire: readonly Wire[];
	/** Frames on the socket, but for pings. */
	readonly frames?: readonly JsonValue[];
	/** What the bot says on the socket once it has a message. */
	readonly said?: readonly JsonObject[];
	/** The answer to the call that started the run. */
	readonly answered?: JsonValue;
}

/** Contracts by resource and operation, e.g. `message.sendText`. */
export type Contracts = Readonly<Record<string, readonly [Contract, ...Contract[]]>>;

/** What a run put on the wire. */
export type Recorded = Required<Pick<Contract, 'wire' | 'frames'>> & Pick<Contract, 'answered'>;

const OF_THE_TRANSPORT = ['host', 'connection', 'content-length', 'transfer-encoding'];
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const BOUNDARY = /convoflow-[0-9a-f]{32}/g;

const madeUp = (text: string): string => text.replace(UUID, 'UUID').replace(BOUNDARY, 'BOUNDARY');

async function wireOf(request: IncomingMessage): Promise<Wire> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = madeUp(Buffer.concat(chunks).toString('latin1'));
	const { method = '', url = '', headers } = request;
	const shown = Object.entries(headers)
		.filter(([name]) => !OF_THE_TRANSPORT.includes(name))
		.map(([name, value]) => [name, madeUp(String(value))] as const);
	const isJson = headers['content-type'] === 'application/json';
	const body = isJson ? (JSON.parse(Buffer.concat(chunks).toString('utf8')) as JsonValue) : text;
	return {
		// Of the ids in an address only those of sessions are made up.
		request: `${method} ${url.replace(/(sessionId=)[^&]*/, '$1UUID')}`,
		headers: Object.fromEntries(shown),
		...(chunks.length > 0 ? { body } : {}),
	};
}

interface Recorder extends Recorded {
	readonly url: string;
	/** Resolves when every socket is gone, so that every frame was read. */
	hungUp(): Promise<unknown>;
	close(): Promise<void>;
}

/** A service that knows no platform: it writes down what comes and answers as it is told. */
async function bareService(contract: Contract): Promise<Recorder> {
	const wire: Wire[] = [];
	const frames: JsonValue[] = [];
	const { answers = [{ status: 'ok' }], said = [] } = contract;
	const server = createServer((request, response) => {
		void wireOf(request).then((one) => {
			wire.push(one);
			const isEndpoint = one.request.includes('/socket.info');
			const told = wire.filter((other) => !other.request.includes('/socket.info')).length;
			const endpoint = { status: 'ok', payload: { endpoint: `${url.replace('http', 'ws')}/socket` } };
			const answer = isEndpoint ? endpoint : answers[Math.min(told, answers.length) - 1];
			response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
		});
	});
	const sockets = new WebSocketServer({ server });
	const ends: Promise<unknown>[] = [];
	sockets.on('connection', (socket) => {
		ends.push(once(socket, 'close'));
		const tell = (frame: JsonObject): void => socket.send(JSON.stringify(frame));
		socket.on('message', (data: Buffer) => {
			const frame = JSON.parse(data.toString()) as JsonValue;
			if (isObject(frame) && frame['type'] === 'ping') return tell({ type: 'pong' });
			frames.push(frame);
			if (!isObject(frame) || frame['type'] !== 'message.send') return;
			tell({ ...frame, type: 'message.delivered' });
			for (const payload of said) tell({ type: 'message.received', payload });
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		wire,
		frames,
		hungUp: async () => await Promise.all(ends),
		close: async () => {
			for (const socket of sockets.clients) socket.terminate();
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

/** Values of a service's credentials, by their names; `{url}` stands for the address of the recorder, which is the base URL too. */
export type Keys = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Runs an operation as a user fills it in, against a service that only writes down what comes. */
export async function record(
	platform: Service,
	keys: Keys,
	path: string,
	contract: Contract,
): Promise<Recorded> {
	const [resource = '', name = ''] = path.split('.');
	const operation = findOperation(platform, resource, name);
	if (!operation) throw new Error(`there is no operation ${path} of the service`);
	const credential =
		operation.credential === undefined ? undefined : findCredential(credentials, operation.credential);
	const service = await bareService(contract);
	const plain = realPorts();
	let answered: JsonValue | undefined;
	try {
		const raw = Object.fromEntries(
			Object.entries({ baseUrl: '{url}', ...keys[credential?.name ?? ''] }).map(([field, value]) => [
				field,
				value.replace('{url}', service.url),
			]),
		);
		const values = credential ? readFields(credential.fields, raw, { timeZone: 'UTC' }) : {};
		const { headers: signed = {}, query = {} } = credential?.sign(values) ?? {};
		const ports: Ports = {
			...plain,
			request: async (request) => {
				const more = new URLSearchParams(query).toString();
				const url = more ? `${request.url}${request.url.includes('?') ? '&' : '?'}${more}` : request.url;
				return await plain.request({ ...request, url, headers: { ...request.headers, ...signed } });
			},
			openSocket: (url, headers, handlers) => {
				const socket = new WebSocket(url, { headers });
				socket.on('open', () => handlers.open());
				socket.on('message', (data: Buffer) => handlers.message(data.toString()));
				socket.on('error', () => undefined);
				socket.on('close', (code, reason) => handlers.close(code, reason.toString()));
				return { send: (text) => socket.send(text), destroy: () => socket.terminate() };
			},
		};
		const client = credential && connect(credential, ports, values, { retries: 0 });
		const replyUrl = Object.hasOwn(contract.input, 'replyUrl')
			? { replyUrl: `${service.url}/reply/abc` }
			: {};
		const input = readInput(operation, { ...contract.input, ...replyUrl }, { timeZone: 'UTC' });
		const context = {
			signal: new AbortController().signal,
			now: () => Date.now(),
			log: () => undefined,
			notice: () => undefined,
			...(contract.items ? { items: contract.items } : {}),
			openCall: () => ({
				tokenIndex: 0,
				closesAtMs: Date.now() + 8_000,
				answer: (body: JsonObject) => {
					answered = body;
					return Promise.resolve();
				},
			}),
		};
		if (operation.returns === 'file') {
			const { file } = await runFileOperation(operation, client, input, context);
			const chunks: Uint8Array[] = [];
			// What a file is made of is asked for while it is read.
			for await (const chunk of chunksOf(file)) chunks.push(chunk);
		} else await pagesOf(runOperation(operation, client, input, context));
		await credential?.disconnect?.(client);
		await service.hungUp();
		return { wire: service.wire, frames: service.frames, ...(answered ? { answered } : {}) };
	} finally {
		await plain.close();
		await service.close();
	}
}
