import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Context } from '../../context';
import {
	isFrameAction,
	momentOf,
	type FaultAction,
	type FrameAction,
	type FrameMoment,
} from '../../faults/types';
import { withoutIds } from '../../faults/strip-ids';
import { asObject, type JsonObject } from '../../json';
import { threadKey } from '../model';
import type { Ticket } from './endpoints';

/** The server hangs up after this long without a frame from the client (Flow.ai reference §5.5), at speed 1. */
const IDLE_MS = 50_000;

/** One open web socket of a client, and the faults that strike it. */
export class Connection {
	readonly clientId: string;
	readonly sessionId: string;
	readonly openedAt: number;
	/** Threads this connection named or wrote to, with the id as it wrote it (Flow.ai reference §5.8). */
	readonly threads = new Map<string, string>();
	private muted = false;
	private frozen = false;
	private stopIdle: () => void = () => undefined;
	private held: (() => void) | null = null;

	constructor(
		private readonly ws: WebSocket,
		private readonly tcp: Socket,
		private readonly context: Context,
		private readonly path: string,
		ticket: Ticket,
	) {
		this.clientId = ticket.clientId;
		this.sessionId = ticket.sessionId;
		this.openedAt = context.clock.now();
		if (ticket.threadId !== undefined) this.name(ticket.threadId);
		this.heard();
		ws.on('close', () => this.stopIdle());
	}

	/** The connection is concerned with a thread from now on. */
	name(threadId: string): void {
		this.threads.set(threadKey(threadId), threadId);
	}

	/** Starts the idle clock anew: a frame came. */
	heard(): void {
		this.stopIdle();
		this.stopIdle = this.context.clock.after(IDLE_MS, () => this.ws.close(1000, 'idle'));
	}

	/** Faults for a frame; those that strike the connection as a whole are carried out here. */
	faultsAt(moment: FrameMoment, event?: string): FaultAction[] {
		const method = moment === 'in' ? 'IN' : 'OUT';
		const occasion = {
			surface: 'flowai-socket' as const,
			method,
			path: this.path,
			...(event ? { event } : {}),
		};
		const actions = this.context.faults.take(
			occasion,
			(action) =>
				(moment === 'out' && action.type === 'latency') ||
				(isFrameAction(action) && momentOf(action) === moment),
		);
		for (const action of actions) if (isFrameAction(action)) this.strike(action);
		return actions;
	}

	/** Carries out a fault that needs no frame. */
	strike(action: FrameAction): void {
		switch (action.type) {
			case 'cut':
				if (action.closeFrame === false) this.tcp.destroy();
				else this.ws.close(action.code ?? 1001, 'fault');
				return;
			case 'mute':
				this.muted = true;
				return;
			case 'halfOpen':
				this.muted = true;
				this.frozen = true;
				this.tcp.pause();
				this.stopIdle();
				return;
			case 'garbage':
				if (action.bytes !== undefined) this.raw('x'.repeat(action.bytes), false);
				else this.raw(action.data ?? '{"type":"message.received","payload":', action.binary === true);
				return;
			default:
		}
	}

	/** Sends a frame, unless a fault has other plans. */
	send(frame: JsonObject): void {
		if (this.muted) return;
		const actions = this.faultsAt('out', String(frame['type']));
		const latency = actions.find((action) => action.type === 'latency');
		const fault = actions.find((action) => action.type !== 'latency');
		const out = (value: JsonObject = frame): void => this.raw(JSON.stringify(value), false);
		const go = (): void => {
			switch (fault?.type) {
				case 'drop':
				case 'cut':
				case 'mute':
				case 'halfOpen':
					return;
				case 'delay':
					this.context.clock.afterReal(fault.ms, out);
					return;
				case 'reorder':
					this.hold(out);
					return;
				case 'duplicate':
					for (let copy = 0; copy < (fault.copies ?? 2); copy += 1) out();
					break;
				case 'stripIds':
					out(asObject(withoutIds(frame)));
					break;
				default:
					out();
			}
			this.held?.();
		};
		if (latency?.type === 'latency') {
			this.context.clock.afterReal(latency.ms + Math.random() * (latency.jitterMs ?? 0), go);
		} else {
			go();
		}
	}

	error(message: string): void {
		this.send({ type: 'error', message });
	}

	/** What the console shows of a connection. */
	describe(): JsonObject {
		return {
			clientId: this.clientId,
			threads: [...this.threads.values()],
			openedAt: new Date(this.openedAt).toISOString(),
			muted: this.muted,
			halfOpen: this.frozen,
		};
	}

	terminate(): void {
		this.stopIdle();
		this.ws.terminate();
	}

	private raw(data: string, binary: boolean): void {
		if (this.frozen || this.ws.readyState !== this.ws.OPEN) return;
		this.ws.send(binary ? Buffer.from(data) : data, () => undefined);
	}

	private hold(out: () => void): void {
		this.held?.();
		const once = (): void => {
			if (this.held !== once) return;
			this.held = null;
			out();
		};
		this.held = once;
		this.context.clock.afterReal(500, once);
	}
}
