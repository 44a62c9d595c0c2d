import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '../free-port';
import { pageHtml } from './page-html';

/** Tried first; any free port is taken when it is in use. */
const PORT = 3800;
/** Lines of what has happened that the page shows. */
const LINES = 8;
/** Begin of the paths that lead to a card's place by way of this page. */
const OPEN = '/open/';

/** One thing to try. */
export interface Card {
	readonly id: string;
	readonly title: string;
	/** What it is, in a sentence. */
	readonly text: string;
	/** What to do, one after the other. */
	readonly steps: readonly string[];
	/** Words of the link. */
	readonly link: string;
}

/** What a card leads to; it waits until it is known. */
interface Place {
	readonly href?: string;
	/** A cookie that logs in there, as `name=value`: cookies are for a host, whatever the port. */
	readonly cookie?: string;
	/** Stands beside the link, for example how to log in, or why there is no link. */
	readonly note?: string;
}

/** The first page of a demo: things to try, how far the start is, and what has happened. */
export class StartPage {
	readonly #places = new Map<string, Place>();
	readonly #lines: string[] = [];
	#progress = 'Starting …';

	private constructor(
		readonly url: string,
		private readonly server: Server,
		private readonly title: string,
		private readonly cards: readonly Card[],
	) {
		server.on('request', (request: IncomingMessage, response: ServerResponse) =>
			this.#answer(request, response),
		);
	}

	/**
	 * Serves the page on this machine only.
	 * @param wanted the port that is tried first, always the same, so that pages of an earlier run go on with this one
	 */
	static async start(title: string, cards: readonly Card[], wanted = PORT): Promise<StartPage> {
		const server = createServer();
		server.listen(await freePort(wanted), '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		return new StartPage(`http://127.0.0.1:${port}`, server, title, cards);
	}

	/** Says how far the start is; an empty text says that it is over. */
	progress(text: string): void {
		this.#progress = text;
	}

	/** Says where a card leads to. */
	lead(card: string, place: Place): void {
		this.#places.set(card, place);
	}

	/** Adds to what has happened. */
	tell(line: string): void {
		this.#lines.push(line.trim());
		this.#lines.splice(0, this.#lines.length - LINES);
	}

	/** Ends it; open pages say that the demo is over. */
	async close(): Promise<void> {
		this.server.close();
		this.server.closeAllConnections();
		await once(this.server, 'close');
	}

	/** Address of a card's link: its place, or by way of this page where it takes a cookie along. */
	#hrefOf(card: string, { href, cookie }: Place): string | undefined {
		return href !== undefined && cookie !== undefined ? `${this.url}${OPEN}${card}` : href;
	}

	/** Leads to a card's place, logged in. */
	#open(card: string, response: ServerResponse): boolean {
		const { href, cookie } = this.#places.get(card) ?? {};
		if (href === undefined || cookie === undefined) return false;
		const headers = { location: href, 'set-cookie': `${cookie}; Path=/; HttpOnly; SameSite=Lax` };
		response.writeHead(302, { ...headers, 'cache-control': 'no-store' }).end();
		return true;
	}

	#answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
		const send = (status: number, type: string, text: string): void => {
			response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
			response.end(text);
		};
		// Pages of other sites that lead their own name to this machine get nothing.
		if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '')) send(403, 'text/plain', 'No.');
		else if (url === '/') send(200, 'text/html', pageHtml(this.title, this.cards));
		else if (url === '/state') {
			const state = {
				progress: this.#progress,
				places: Object.fromEntries(
					[...this.#places].map(([id, place]) => [id, { href: this.#hrefOf(id, place), note: place.note }]),
				),
				lines: this.#lines,
			};
			send(200, 'application/json', JSON.stringify(state));
		} else if (!url.startsWith(OPEN) || !this.#open(url.slice(OPEN.length), response))
			send(404, 'text/plain', 'There is nothing here.');
	}
}
