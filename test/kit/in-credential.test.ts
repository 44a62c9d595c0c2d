import { ConvoflowError, invalidInput } from '@convoflow/client';
import { flowAiApi } from '@convoflow/credentials';
import { inCredential } from '@convoflow/kit';

describe('an error in a credential', () => {
	it('names the credential and says to open it, not the form of the node', () => {
		expect(inCredential(invalidInput('apiKey', 'API Key', 'is empty'), 'Our bot')).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field: 'apiKey',
			message: 'API Key is empty in the credential "Our bot"',
			advice: 'Open the credential "Our bot" in this node and correct it. Nothing was sent.',
		});
	});

	it('keeps advice that knows more', () => {
		const wrong = (): string => flowAiApi.baseUrl({ apiKey: 'fake-key', baseUrl: 'api.flow.ai' });
		let thrown: unknown;
		try {
			wrong();
		} catch (error) {
			thrown = error;
		}
		expect(inCredential(thrown, 'Our bot')).toMatchObject({
			message: 'Base URL is not a web address in the credential "Our bot"',
			advice: 'Open the credential "Our bot" and enter an address that begins with https://',
		});
	});

	it('leaves an error about no field as it is', () => {
		const error = new ConvoflowError('FLOWAI_UNREACHABLE', 'Nothing answers', { advice: 'Wait.' });
		expect(inCredential(error, 'Our bot')).toBe(error);
	});
});
