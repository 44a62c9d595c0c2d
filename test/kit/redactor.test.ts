import { redactorOf, secretsOf, type FieldMap } from '@convoflow/kit';
import fc from 'fast-check';

const BASE = { label: 'L', description: 'D' };

describe('redactorOf', () => {
	it.each([
		['as it is', (secret: string) => secret],
		['URL-encoded', encodeURIComponent],
		[
			'URL-encoded in lower case',
			(secret: string) => encodeURIComponent(secret).replace(/%\w\w/g, (one) => one.toLowerCase()),
		],
		['form-encoded', (secret: string) => encodeURIComponent(secret).replace(/%20/g, '+')],
		['JSON-escaped', (secret: string) => JSON.stringify(secret).slice(1, -1)],
		[
			'escaped for HTML',
			(secret: string) =>
				secret
					.replaceAll('&', '&amp;')
					.replaceAll('"', '&quot;')
					.replaceAll('>', '&gt;')
					.replaceAll("'", '&#39;'),
		],
		[
			'in JSON inside HTML',
			(secret: string) =>
				secret.replaceAll('>', '\\u003e').replaceAll('&', '\\u0026').replaceAll("'", '\\u0027'),
		],
		['in base64', (secret: string) => Buffer.from(secret).toString('base64')],
		[
			'in base64 without padding',
			(secret: string) => Buffer.from(secret).toString('base64').replace(/=+$/, ''),
		],
		['in base64url', (secret: string) => Buffer.from(secret).toString('base64url')],
	])('takes a secret out %s', (_name, form) => {
		for (const secret of ['fake+key/1 "two"\n', 'fåke key ??>>', "fake&key'>", 'plain-fake-key']) {
			expect(redactorOf([secret])(`before ${form(secret)} after ${form(secret)}`)).toBe(
				'before [secret] after [secret]',
			);
		}
	});

	it('takes a Basic pair out', () => {
		const redact = redactorOf(['fake-id', 'fake-secret'], ['fake-id:fake-secret']);
		const pair = Buffer.from('fake-id:fake-secret').toString('base64');
		expect(redact(`Basic ${pair}`)).toBe('Basic [secret]');
	});

	it('takes the longer of two secrets first', () => {
		expect(redactorOf(['fake', 'fake-long-key'])('fake-long-key fake')).toBe('[secret] [secret]');
	});

	it('leaves short values alone, which would tear words apart', () => {
		expect(redactorOf(['a', '', 'abc'])('abc and more')).toBe('abc and more');
	});

	it('of any secret leaves no form of it in any text, and never throws', () => {
		const secret = fc.string({ unit: 'binary', minLength: 4 }).filter((value) => !'[secret]'.includes(value));
		fc.assert(
			fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
				const redact = redactorOf([value]);
				const forms = [value, JSON.stringify(value).slice(1, -1), Buffer.from(value).toString('base64')];
				const text = redact(forms.map((form) => `${before}${form}${after}`).join(' '));
				for (const form of forms) expect(text.replaceAll('[secret]', '\u0000')).not.toContain(form);
			}),
		);
	});
});

describe('secretsOf', () => {
	const fields: FieldMap = {
		apiKey: { ...BASE, kind: 'secret' },
		other: { ...BASE, kind: 'secret' },
		name: { ...BASE, kind: 'string' },
	};

	it('names the values of secret fields only', () => {
		expect(secretsOf(fields, { apiKey: 'fake-key', name: 'shown', other: '' })).toEqual(['fake-key']);
		expect(secretsOf(fields, {})).toEqual([]);
	});

	it.each(['Bearer fake-key', 'bearer  fake-key', 'fake-id:fake-key', ' fake-key '])(
		'also names the part of %j that is the secret proper',
		(apiKey) => {
			expect(secretsOf(fields, { apiKey })).toContain('fake-key');
		},
	);
});
