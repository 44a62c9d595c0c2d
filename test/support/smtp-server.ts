import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A part of a mail, decoded. */
export interface MailPart {
	readonly type: string;
	readonly text: string;
}

/** A mail server that keeps what it is sent. */
export interface SmtpServer {
	readonly port: number;
	/** Mails as they came, with their headers. */
	readonly mails: string[];
	close(): Promise<void>;
}

/** Talks as RFC 5321 wants it, without any extension, to one client. */
function serve(socket: Socket, mails: string[]): void {
	let buffered = '';
	let isMail = false;
	socket.on('error', () => socket.destroy());
	socket.on('data', (chunk: Buffer) => {
		buffered += chunk.toString();
		for (;;) {
			const end = isMail ? buffered.indexOf('\r\n.\r\n') : buffered.indexOf('\r\n');
			if (end < 0) return;
			const text = buffered.slice(0, end);
			buffered = buffered.slice(end + (isMail ? 5 : 2));
			if (isMail) mails.push(text);
			const isData = !isMail && /^DATA$/i.test(text);
			isMail = isData;
			const isQuit = /^QUIT$/i.test(text);
			socket.write(isData ? '354 go on\r\n' : isQuit ? '221 bye\r\n' : '250 ok\r\n');
			if (isQuit) socket.end();
		}
	});
	socket.write('220 mail.test\r\n');
}

/** Starts one on a free port of this machine. */
export async function smtpServer(): Promise<SmtpServer> {
	const mails: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		serve(socket, mails);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		mails,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

/** The parts of a mail that hold something to read. */
export function partsOf(mail: string): MailPart[] {
	const parts = mail.split(/\r\n--[^\r\n]+/).map((part): MailPart => {
		const [head = '', ...body] = part.split('\r\n\r\n');
		const type = /content-type: ([^;\s]+)/i.exec(head)?.[1] ?? '';
		const text = body.join('\r\n\r\n');
		if (/transfer-encoding: base64/i.test(head))
			return { type, text: Buffer.from(text, 'base64').toString() };
		if (!/transfer-encoding: quoted-printable/i.test(head)) return { type, text };
		const bytes = text
			.replace(/=\r\n/g, '')
			.replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
		return { type, text: Buffer.from(bytes, 'latin1').toString() };
	});
	return parts.filter(({ type }) => type !== '' && !type.startsWith('multipart/'));
}
