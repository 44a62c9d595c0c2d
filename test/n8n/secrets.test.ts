import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { RunResult } from './harness';
import { withReplyUrl } from '../support/action-calls';
import { startRecorder, type Answer, type Recorded } from './recorder';
import { PLACES, runPlace, type Place } from './services';

const CANARY = 'fake-key/never+to be seen=0123456789';

/** Credential values with the canary as their secret, by credential. */
const VALUES: Readonly<Record<string, ICredentialDataDecryptedObject>> = {
	flowAiApi: { apiKey: CANARY },
	flowAiActionApi: { verifyToken: CANARY },
	flowAiManagementApi: { apiKey: CANARY, projectId: 'p-1' },
	flowAiSocketApi: { clientId: CANARY },
	flowXoApi: { apiKey: CANARY },
	chatlayerCoreApi: { region: 'custom', accessToken: CANARY },
	chatlayerApi: { region: 'custom', tokenId: 'fake-id', tokenSecret: CANARY },
};

/** The same with the address of a service; that of a webhook is itself the secret. */
function valuesAt(credential: string, baseUrl: string): ICredentialDataDecryptedObject {
	if (credential === 'flowXoFlowApi')
		return { secretUrl: `${baseUrl}/hooks/a/${encodeURIComponent(CANARY)}` };
	return { ...VALUES[credential], baseUrl };
}

/** Forms in which a service or a proxy could show it again; the pair belongs to Chatlayer only. */
function formsFor(credential: string): string[] {
	if (credential === 'flowXoFlowApi') return [CANARY, encodeURIComponent(CANARY)];
	const pair = credential === 'chatlayerApi' ? [btoa(`fake-id:${CANARY}`)] : [];
	const encoded = [btoa(CANARY), ...pair];
	return [CANARY, encodeURIComponent(CANARY), ...encoded, ...encoded.map((form) => form.replace(/=+$/, ''))];
}

/** Everything that n8n would keep or show of a run. */
function seen(result: RunResult): string {
	return JSON.stringify({ ...result.run.data, error: result.error });
}

/** Which of the forms can be found in a text. */
function found(forms: readonly string[], text: string): string[] {
	return forms.filter((form) => text.includes(JSON.stringify(form).slice(1, -1)));
}

type Says = (words: string, request: Recorded) => Answer;

const ANSWERS: readonly (readonly [string, Says])[] = [
	[
		'refuses and repeats the header',
		(_words, { headers }) => ({
			status: 400,
			body: JSON.stringify({ message: `bad ${headers.authorization ?? ''}` }),
		}),
	],
	['refuses the key and repeats it', (words) => ({ status: 401, body: JSON.stringify({ error: words }) })],
	[
		'repeats it in a page',
		(words) => ({ headers: { 'content-type': 'text/html' }, body: `<p>${words}</p>` }),
	],
	['says no with status 200', (words) => ({ body: JSON.stringify({ status: 'error', message: words }) })],
];

// One operation a credential: what becomes of secrets does not depend on the operation. A call of one's own puts
// out whatever the service says.
const ASKING = PLACES.filter(
	({ resource, operation }) =>
		operation.credential !== undefined &&
		!operation.isFreeForm &&
		!(resource.name === 'socket' && operation.makesNoRequests),
);
const credentialOf = ({ operation }: Place): string => operation.credential ?? '';
const ONE_EACH = [...new Map(ASKING.map((place) => [place.operation.credential, place])).values()];
const CASES = ONE_EACH.flatMap((place) =>
	ANSWERS.map(([what, answer]) => [credentialOf(place), what, place, answer] as const),
);

describe('a secret is never seen', () => {
	it.each(CASES)('%s, when the service %s', async (credential, _what, place: Place, answer) => {
		const forms = formsFor(credential);
		const service = await startRecorder((request) => answer(`you sent ${forms.join(' and ')}`, request));
		const values = valuesAt(credential, service.url);
		const input = withReplyUrl(place.operation.examples[0]?.input ?? {}, `${service.url}/reply`);
		const thrown = await runPlace(place, values, input);
		const kept = await runPlace(place, values, input, { onError: 'continueRegularOutput' });
		await service.close();
		expect(service.requests.length).toBeGreaterThan(1);
		expect(found(forms, seen(thrown))).toEqual([]);
		expect(found(forms, seen(kept))).toEqual([]);
	});

	it('and neither is it with a host that does not answer', async () => {
		for (const place of ONE_EACH) {
			const values = valuesAt(credentialOf(place), 'http://127.0.0.1:1');
			const input = withReplyUrl(place.operation.examples[0]?.input ?? {}, 'http://127.0.0.1:1/reply');
			const { error } = await runPlace(place, values, input);
			expect(error?.message).toMatch(/^Nothing answers at (http:\/\/127\.0\.0\.1:1|\[secret\])$/);
			expect(found(formsFor(credentialOf(place)), JSON.stringify(error))).toEqual([]);
		}
	});
});
