import fc from 'fast-check';
import { answer, fault, hang, text, type Step } from '../../support/fake-ports';
import { bench, received, type Bench } from './stream-bench';

/** What can happen to a stream, and what it may do at any time. */
type Act =
	| { readonly act: 'open' | 'pong' | 'message' | 'garbage' | 'drop' | 'closeLate' }
	| { readonly act: 'pass'; readonly ms: number };

const acts: fc.Arbitrary<Act> = fc.oneof(
	fc.record({ act: fc.constantFrom('open', 'pong', 'message', 'garbage', 'drop', 'closeLate') }),
	fc.record({ act: fc.constant('pass' as const), ms: fc.constantFrom(0, 60, 500, 1_000, 12_000, 35_000) }),
);

const endpointOutcome = fc.constantFrom<'ok' | 'unavailable' | 'refused' | 'lost' | 'hang'>(
	'ok',
	'ok',
	'ok',
	'unavailable',
	'refused',
	'lost',
	'hang',
);

function script(outcomes: readonly string[]): Step[] {
	let count = 0;
	const ok = (): Promise<ReturnType<typeof answer>> => {
		count += 1;
		return Promise.resolve(answer({ status: 'ok', payload: { endpoint: `wss://sdk.flow.ai/${count}` } }));
	};
	const steps = outcomes.map((outcome): Step => {
		if (outcome === 'unavailable') return text('', 503);
		if (outcome === 'refused') return text('', 401);
		if (outcome === 'lost') return fault('ECONNRESET');
		return outcome === 'hang' ? hang : ok;
	});
	return [...steps, ok];
}

async function perform({ sockets, ports }: Bench, act: Act): Promise<void> {
	const socket = sockets.all.at(-1);
	if (act.act === 'pass') await ports.clock.advance(act.ms);
	if (act.act === 'open' && socket && !socket.isOpen) socket.open();
	if (act.act === 'pong') socket?.receive({ type: 'pong' });
	if (act.act === 'message') socket?.receive(received('hello'));
	if (act.act === 'garbage') socket?.receiveText('{');
	if (act.act === 'drop') socket?.drop();
	if (act.act === 'closeLate') sockets.all.at(-2)?.handlers.close(1006, 'late');
	await ports.clock.advance(0);
}

it('any interleaving keeps at most one live socket and few sleeps, and is closed after stop', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(acts, { maxLength: 30 }),
			fc.array(endpointOutcome, { maxLength: 6 }),
			fc.nat(30),
			async (sequence, outcomes, stopAt) => {
				const made = bench(script(outcomes));
				let ending: unknown;
				const started = made.stream.start().then(
					() => (ending = 'connected'),
					(error: unknown) => (ending = error),
				);
				for (const [index, act] of sequence.entries()) {
					if (index === stopAt) break;
					await perform(made, act);
					expect(made.sockets.live.length).toBeLessThanOrEqual(1);
					// One for the handshake, one for the keep-alive; while waiting, one.
					expect(made.ports.clock.pending).toBeLessThanOrEqual(made.sockets.live.length === 1 ? 2 : 1);
					if (made.stream.status.state === 'connected') expect(made.sockets.live).toHaveLength(1);
				}
				await made.stream.stop();
				await started;
				expect(ending).toBeDefined();
				const { requests } = made.ports;
				const asked = requests.length;
				const told = made.events.length;
				for (const act of ['open', 'message', 'drop', 'closeLate'] as const) await perform(made, { act });
				await made.ports.clock.advance(120_000);
				expect(made.sockets.live).toHaveLength(0);
				expect(made.ports.clock.pending).toBe(0);
				expect(requests).toHaveLength(asked);
				expect(made.events).toHaveLength(told);
				expect(['stopped', 'failed']).toContain(made.stream.status.state);
			},
		),
		{ numRuns: 150 },
	);
});
