import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock';

/** Who asked for a connection. */
export interface Ticket {
	clientId: string;
	sessionId: string;
	threadId?: string;
	expires: number;
	used: boolean;
}

/** Life of an endpoint (Flow.ai reference §5.1), at speed 1. */
const LIFE_MS = 60_000;
/** However fast the clock, a client gets this long to dial. */
const LEAST_MS = 1_000;

/** Single-use addresses for web sockets, valid for 60 seconds (Flow.ai reference §5.1). */
export class Endpoints {
	private readonly tickets = new Map<string, Ticket>();

	constructor(private readonly clock: Clock) {}

	/** A new token for the path of an endpoint. */
	issue(caller: Pick<Ticket, 'clientId' | 'sessionId' | 'threadId'>): string {
		const now = this.clock.now();
		for (const [token, ticket] of this.tickets) {
			// Used and expired ones are remembered for a while, to tell why they are refused.
			if (ticket.expires + 60_000 > now && this.tickets.size < 50_000) break;
			this.tickets.delete(token);
		}
		const token = randomBytes(12).toString('hex');
		const expires = now + Math.max(LEAST_MS, this.clock.real(LIFE_MS));
		this.tickets.set(token, { ...caller, expires, used: false });
		return token;
	}

	/** Uses a token: the caller's data, or the HTTP status to refuse it with. */
	redeem(token: string): Ticket | 404 | 409 | 410 {
		const ticket = this.tickets.get(token);
		if (!ticket) return 404;
		if (ticket.used) return 409;
		if (ticket.expires < this.clock.now()) return 410;
		ticket.used = true;
		return ticket;
	}
}
