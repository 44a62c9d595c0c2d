import { inspect } from 'node:util';
import {
	FLOW_AI,
	FlowAiClient,
	FlowXoClient,
	HttpClient,
	type Call,
	type ConvoflowError,
	type HttpResponse,
} from '@convoflow/client';
import { answer, fakePorts, fault, rejection, text, type Step } from '../../support/fake-ports';

const MARKER = 'fake+key/MARKER==not a real one"';
const FORMS = [
	MARKER,
	encodeURIComponent(MARKER),
	Buffer.from(MARKER).toString('base64'),
	Buffer.from(MARKER).toString('base64url'),
	JSON.stringify(MARKER).slice(1, -1),
];
const ALL = FORMS.join(' ');
const BASE = { baseUrl: 'https://api.example.test' };

/** Every way in which an error can be shown. */
function renderings(error: ConvoflowError): string {
	const { cause } = error;
	return [
		error.message,
		error.advice,
		error.stack,
		String(error),
		JSON.stringify(error),
		JSON.stringify(cause),
		inspect(error, { depth: 9, showHidden: true }),
		inspect(error.restated({ message: 'in other words' }), { depth: 9 }),
	].join('\n');
}

function expectNoSecret(words: string): void {
	for (const form of FORMS) expect(words).not.toContain(form);
}

const echo = (status: number): HttpResponse => answer({ message: `bad key ${ALL}`, more: MARKER }, status);

const STEPS: readonly (readonly [string, Step])[] = [
	...[400, 401, 403, 404, 409, 413, 422, 429, 500, 503].map(
		(status) => [`status ${status}`, echo(status)] as const,
	),
	['status 302', text(`to ${ALL}`, 302)],
	['an HTML page', text(`<html>${ALL}</html>`)],
	['words', text(`key ${ALL}`)],
	['a reset connection', fault('ECONNRESET', `broke off for ${ALL}`)],
	['a refused connection', fault('ECONNREFUSED', `refused for ${ALL}`)],
	['a certificate', fault('CERT_HAS_EXPIRED', `expired for ${ALL}`)],
	['a fault of our own', new TypeError(`cannot read ${ALL}`)],
	['a fault with a cause', new Error(ALL, { cause: fault('EPIPE', ALL) })],
];

describe.each(STEPS)('HTTP-19 after %s', (_name, step) => {
	it.each(['read', 'send'] as const)('no secret is in the error or the logs of a %s', async (effect) => {
		const ports = fakePorts([step], { secrets: [MARKER] });
		const call: Call = { method: 'POST', path: '/things', body: { key: MARKER }, effect, traceId: 1 };
		const error = await rejection(ports.clock.run(new HttpClient(ports, FLOW_AI, BASE).json(call)));
		expectNoSecret(renderings(error as ConvoflowError));
		expectNoSecret(JSON.stringify(ports.logs));
	});
});

describe('HTTP-19', () => {
	it('a secret at the edge of an excerpt leaves no half of itself', async () => {
		for (let padding = 250; padding < 310; padding += 1) {
			const ports = fakePorts([text(`${'x'.repeat(padding)}${MARKER}`, 400)], { secrets: [MARKER] });
			const error = (await rejection(
				new HttpClient(ports, FLOW_AI, BASE).json({
					method: 'GET',
					path: '/',
					effect: 'read',
				}),
			)) as ConvoflowError;
			expect(renderings(error)).not.toContain('fake+k');
		}
	});

	it('a secret in a refusal with status 200 is taken out', async () => {
		const ports = fakePorts([answer({ status: 'error', message: `unknown ${ALL}` })], { secrets: [MARKER] });
		expectNoSecret(
			renderings((await rejection(new FlowAiClient(ports, BASE).pause('t-1'))) as ConvoflowError),
		);
		const xo = fakePorts([answer({ error: `unknown ${ALL}` })], { secrets: [MARKER] });
		const pages = new FlowXoClient(xo, BASE).listConversations();
		expectNoSecret(renderings((await rejection(pages.next())) as ConvoflowError));
	});
});
