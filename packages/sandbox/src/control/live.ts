import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Bus } from '../bus';
import type { Gate } from './gate';

const PATH = '/sandbox/live';
/** Changes within this time are told together. */
const WAIT_MS = 60;

/** Tells the console what changed, over a web socket. */
export class Live {
	private readonly server = new WebSocketServer({ noServer: true, maxPayload: 1024, clientTracking: false });
	private readonly watchers = new Set<WebSocket>();
	private readonly changed = new Set<string>();
	private timer: NodeJS.Timeout | undefined;

	constructor(
		bus: Bus,
		private readonly gate: Gate,
	) {
		bus.on((change) => {
			if (this.watchers.size === 0) return;
			this.changed.add(change.topic);
			this.timer ??= setTimeout(() => this.tell(), WAIT_MS);
		});
	}

	attach(server: Server): void {
		server.on('upgrade', (request: IncomingMessage, tcp: Socket, head: Buffer) => {
			const path = (request.url ?? '').split('?')[0] ?? '';
			if (path.startsWith('/flowai/ws/')) return;
			tcp.on('error', () => undefined);
			const foreign = this.gate(request.headers) !== undefined;
			if (path !== PATH || foreign) {
				tcp.end(
					`HTTP/1.1 ${foreign ? '403 Forbidden' : '404 Not Found'}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
				);
				return;
			}
			this.server.handleUpgrade(request, tcp, head, (ws) => {
				this.watchers.add(ws);
				ws.on('close', () => this.watchers.delete(ws));
				ws.on('error', () => undefined);
			});
		});
	}

	close(): void {
		clearTimeout(this.timer);
		for (const watcher of this.watchers) watcher.terminate();
		this.server.close();
	}

	private tell(): void {
		this.timer = undefined;
		const topics = [...this.changed];
		this.changed.clear();
		const text = JSON.stringify({ topics });
		for (const watcher of this.watchers) {
			if (watcher.bufferedAmount < 1_000_000) watcher.send(text, () => undefined);
		}
	}
}
