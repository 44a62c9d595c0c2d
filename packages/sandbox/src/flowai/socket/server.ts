import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Context } from '../../context';
import { isFrameAction, type FaultAction } from '../../faults/types';
import type { JsonObject } from '../../json';
import type { FrameOutlet, FlowAiWorld } from '../world';
import type { Thread } from '../model';
import { Connection } from './connection';
import { Endpoints } from './endpoints';
import { handleFrame } from './frames';

const PATH = '/flowai/ws/';
const MAX_FRAME = 1024 * 1024;
const REASONS = { 404: 'Not Found', 409: 'Conflict', 410: 'Gone' } as const;

/** The web socket of Flow.ai (Flow.ai reference §5). */
export class SocketServer implements FrameOutlet {
	readonly endpoints: Endpoints;
	private readonly server = new WebSocketServer({
		noServer: true,
		maxPayload: MAX_FRAME,
		clientTracking: false,
	});
	private readonly connections = new Set<Connection>();
	/** Sockets whose upgrade is kept waiting by a fault. */
	private readonly hanging = new Set<Socket>();

	constructor(
		private readonly context: Context,
		private readonly world: FlowAiWorld,
	) {
		this.endpoints = new Endpoints(context.clock);
		world.outlet = this;
		context.faults.strikeNow = (fault) => {
			if (!isFrameAction(fault.action)) return;
			for (const connection of [...this.connections].slice(0, fault.times ?? Infinity))
				connection.strike(fault.action);
		};
	}

	get open(): number {
		return this.connections.size;
	}

	describe(): JsonObject[] {
		return [...this.connections].map((connection) => connection.describe());
	}

	/** Takes the upgrade requests of its own path; other paths are left to other listeners. */
	attach(server: Server): void {
		server.on('upgrade', (request: IncomingMessage, tcp: Socket, head: Buffer) => {
			const path = (request.url ?? '').split('?')[0] ?? '';
			if (path.startsWith(PATH)) this.upgrade(request, tcp, head, path);
		});
	}

	toThread(thread: Thread, frame: (name: string) => JsonObject, except?: object): void {
		for (const connection of this.connections) {
			if (connection === except) continue;
			const name = connection.threads.get(thread.key);
			if (name !== undefined) connection.send(frame(name));
			else if (this.context.settings.broadcast) connection.send(frame(thread.name));
		}
	}

	close(): void {
		for (const connection of this.connections) connection.terminate();
		for (const tcp of this.hanging) tcp.destroy();
		this.server.close();
	}

	private upgrade(request: IncomingMessage, tcp: Socket, head: Buffer, path: string): void {
		tcp.on('error', () => undefined);
		const occasion = { surface: 'flowai-socket' as const, method: 'GET', path };
		const wanted = (action: FaultAction): boolean => ['status', 'hang', 'reset'].includes(action.type);
		const fault = this.context.faults.take(occasion, wanted)[0];
		if (fault?.type === 'hang') {
			this.hanging.add(tcp);
			tcp.on('close', () => this.hanging.delete(tcp));
			return;
		}
		if (fault?.type === 'reset') {
			tcp.resetAndDestroy();
			return;
		}
		const redeemed = fault?.type === 'status' ? fault.status : this.endpoints.redeem(path.slice(PATH.length));
		this.context.requests.add({
			at: new Date(this.context.clock.now()).toISOString(),
			surface: 'flowai-socket',
			method: 'GET',
			path: `${PATH}[endpoint]`,
			query: {},
			auth: 'none',
			status: typeof redeemed === 'number' ? redeemed : 101,
			ms: 0,
		});
		if (typeof redeemed === 'number') {
			const reason = REASONS[redeemed as keyof typeof REASONS] ?? 'Refused';
			tcp.end(`HTTP/1.1 ${redeemed} ${reason}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
			return;
		}
		this.server.handleUpgrade(request, tcp, head, (ws) => {
			const connection = new Connection(ws, tcp, this.context, path, redeemed);
			this.connections.add(connection);
			this.announce();
			ws.on('message', (data: Buffer, binary: boolean) => {
				handleFrame(this.context, this.world, connection, binary ? null : data.toString('utf8'));
			});
			// A frame that breaks the protocol or is too large closes this connection only.
			ws.on('error', () => undefined);
			ws.on('close', () => {
				this.connections.delete(connection);
				this.announce();
			});
			connection.faultsAt('open');
		});
	}

	private announce(): void {
		this.context.bus.emit({ topic: 'sockets', open: this.connections.size });
	}
}
