import { binaryTests } from './n8n-binary';
import { SETUP_MS, startSuite, type Suite } from './n8n-suite';

describe('a real n8n that keeps files in its database', () => {
	let suite: Suite;
	beforeAll(async () => {
		suite = await startSuite('database');
	}, SETUP_MS);
	afterAll(async () => await suite?.close());

	binaryTests(() => suite);
});
