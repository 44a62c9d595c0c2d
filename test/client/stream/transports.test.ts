import { livingCases } from '../../stream-cases/living-cases';
import { messageCases } from '../../stream-cases/message-cases';
import { openingCases } from '../../stream-cases/opening-cases';
import { StreamBench, TRANSPORTS, until } from '../../stream-cases/bench';
import { StreamServer } from '../../stream-cases/server';

describe.each(TRANSPORTS)('the stream over %s', (_name, open) => {
	describe('opening', () => openingCases(open));
	describe('staying alive', () => livingCases(open));
	describe('messages', () => messageCases(open));
});

it('WS-22 `ws` leaves a connection with a frame above 32 MB before it is whole, and says why', async () => {
	const [, open] = TRANSPORTS[0] ?? [];
	if (!open) throw new Error('no transport');
	const server = await StreamServer.start();
	const bench = new StreamBench(server.url, open);
	await bench.stream.start();
	server.last.socket.send(Buffer.alloc(33 * 1024 ** 2));
	await until(() => bench.waits.length === 1);
	expect(JSON.stringify(bench.statuses)).toContain('Max payload size exceeded');
	await bench.close();
	await server.close();
});
