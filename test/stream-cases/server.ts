import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { JsonObject } from '@convoflow/client';
import { WebSocketServer, type WebSocket } from 'ws';

/** What happens to an attempt to open a socket. */
export type Upgrade = 'accept' | 'refuse' | 'hang' | 'mute' | 'elsewhere';

/** A socket that was opened, from the service's side. */
export interface Accepted {
	readonly socket: WebSocket;
	readonly tcp: Socket;
	readonly headers: IncomingHttpHeaders;
	/** Frames of the client with the time of their arrival, in ms since the epoch. */
	readonly frames: { readonly frame: JsonObject; readonly atMs: number }[];
	/** No ping is answered any more. */
	isMute: boolean;
}

type Info = { readonly status: number; readonly body?: unknown } | 'hang';

/** The service's side of the socket in the hands of a test: endpoints, upgrades, frames and the history. */
export class StreamServer {
	/** What the next requests for an endpoint are answered, one after the other; then with an endpoint. */
	readonly infos: Info[] = [];
	/** What becomes of the next upgrades; then they are accepted. */
	readonly upgrades: Upgrade[] = [];
	/** Paths that were dialled, in order. */
	readonly dialled: string[] = [];
	readonly accepted: Accepted[] = [];
	/** TCP connections of upgrades that are not answered. */
	readonly hanging: Socket[] = [];
	/** Entries of the thread's history, or the status that a request for it gets. */
	history: JsonObject[] | number = [];
	/** Requests for an endpoint. */
	asked = 0;
	/** Most sockets that were open at the same time. */
	mostOpen = 0;
	readonly #tcp = new Set<Socket>();
	readonly #http = createServer((request, response) => this.#answer(request, response));
	readonly #ws = new WebSocketServer({ noServer: true, maxPayload: 200 * 1024 ** 2 });

	static async start(): Promise<StreamServer> {
		const server = new StreamServer();
		server.#http.on('upgrade', (request: IncomingMessage, tcp: Socket, head: Buffer) =>
			server.#upgrade(request, tcp, head),
		);
		server.#http.on('connection', (tcp) => {
			server.#tcp.add(tcp);
			tcp.on('close', () => server.#tcp.delete(tcp));
			tcp.on('error', () => undefined);
		});
		server.#http.listen(0, '127.0.0.1');
		await once(server.#http, 'listening');
		return server;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
	}

	/** Sockets that are open now. */
	get open(): Accepted[] {
		return this.accepted.filter(({ socket }) => socket.readyState === socket.OPEN);
	}

	/** The newest socket. */
	get last(): Accepted {
		const last = this.accepted.at(-1);
		if (!last) throw new Error('no socket was opened');
		return last;
	}

	/** Sends a frame over the newest socket. */
	send(frame: JsonObject): void {
		this.last.socket.send(JSON.stringify(frame));
	}

	/** Cuts every socket. */
	cut(): void {
		for (const { tcp } of this.accepted) tcp.destroy();
	}

	async close(): Promise<void> {
		for (const tcp of this.#tcp) tcp.destroy();
		this.#http.close();
		await once(this.#http, 'close');
	}

	#answer({ url = '' }: IncomingMessage, response: ServerResponse): void {
		const json = (status: number, body: unknown): void => {
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		};
		if (url.includes('/thread.history')) {
			const { history } = this;
			if (typeof history === 'number') json(history, { status: 'error', payload: { message: 'broken' } });
			else json(200, { status: 'ok', payload: history });
			return;
		}
		this.asked += 1;
		const info = this.infos.shift();
		if (info === 'hang') return;
		if (info) return json(info.status, info.body ?? { status: 'error', payload: { message: 'refused' } });
		const isElsewhere = this.upgrades[0] === 'elsewhere';
		if (isElsewhere) this.upgrades.shift();
		// Port 9 is that of "discard", which nothing listens at.
		const host = isElsewhere ? '127.0.0.1:9' : this.url.slice('http://'.length);
		json(200, { status: 'ok', payload: { endpoint: `ws://${host}/ws/${this.asked}` } });
	}

	#upgrade(request: IncomingMessage, tcp: Socket, head: Buffer): void {
		this.dialled.push(request.url ?? '');
		const what = this.upgrades.shift() ?? 'accept';
		if (what === 'refuse') {
			tcp.end('HTTP/1.1 409 Conflict\r\nconnection: close\r\n\r\n');
			return;
		}
		if (what === 'hang') {
			// Read from, so that its end is noticed; a server's connections stay half open by themselves.
			tcp.on('end', () => tcp.destroy());
			this.hanging.push(tcp.resume());
			return;
		}
		this.#ws.handleUpgrade(request, tcp, head, (socket) => {
			const one: Accepted = { socket, tcp, headers: request.headers, frames: [], isMute: what === 'mute' };
			this.accepted.push(one);
			this.mostOpen = Math.max(this.mostOpen, this.open.length);
			socket.on('error', () => undefined);
			socket.on('message', (data) => {
				const frame = JSON.parse((data as Buffer).toString()) as JsonObject;
				one.frames.push({ frame, atMs: Date.now() });
				if (frame['type'] === 'ping' && !one.isMute) socket.send('{"type":"pong"}');
			});
		});
	}
}
