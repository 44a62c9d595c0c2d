import { buildUrl, normalizeBaseUrl, pathPart, percentEncode } from '@convoflow/client';
import fc from 'fast-check';

const REFUSED = expect.objectContaining({ code: 'CONVOFLOW_INVALID_INPUT' }) as Error;

describe('pathPart', () => {
	it.each([
		['t-100|w_c51f0e2a', 't-100%7Cw_c51f0e2a'],
		['BOT/c/USER', 'BOT%2Fc%2FUSER'],
		['BOT%2Fc%2FUSER', 'BOT%252Fc%252FUSER'],
		['a?b#c', 'a%3Fb%23c'],
		['å 🍽', '%C3%A5%20%F0%9F%8D%BD'],
		['...', '...'],
		['\ud800x', '%EF%BF%BDx'],
	])('keeps %j in one segment', (id, part) => {
		expect(pathPart('threadId', 'Thread', id)).toBe(part);
	});

	it.each(['', ' ', '\t', '.', '..', '%2e', '%2E', '%2e%2E', '.%2e', '%2e.'])('refuses %j', (id) => {
		expect(() => pathPart('threadId', 'Thread', id)).toThrow(REFUSED);
		expect(() => pathPart('threadId', 'Thread', id)).toThrow(
			expect.objectContaining({
				field: 'threadId',
				message: expect.stringMatching(/^Thread /) as string,
			}) as Error,
		);
	});

	it('lets any id arrive unchanged as one segment of a real address', () => {
		const id = fc.oneof(
			fc.string({ unit: 'grapheme', minLength: 1 }),
			fc.string({
				unit: fc.constantFrom('/', '.', '%', '2', 'f', 'e', '|', '\\', '?', '#', 'a'),
				minLength: 1,
			}),
		);
		fc.assert(
			fc.property(id, (value) => {
				fc.pre(value.trim() !== '' && !/^(\.|%2e){1,2}$/i.test(value));
				const { pathname } = new URL(`https://host.test/v1/messages/${pathPart('f', 'F', value)}/x`);
				const segments = pathname.split('/');
				expect(segments).toHaveLength(5);
				expect(decodeURIComponent(segments[3] ?? '')).toBe(value);
			}),
		);
	});
});

describe('percentEncode', () => {
	it('never throws, whatever the text', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (value) => {
				expect(decodeURIComponent(percentEncode(value))).toBe(Buffer.from(value).toString());
			}),
		);
	});
});

describe('normalizeBaseUrl', () => {
	it.each([
		['https://api.flow.ai', 'https://api.flow.ai'],
		[' https://api.flow.ai/// ', 'https://api.flow.ai'],
		['https://api.flow.ai/rest/v1', 'https://api.flow.ai'],
		['https://api.flow.ai/REST/v1/', 'https://api.flow.ai'],
		['http://127.0.0.1:3000/flowai/rest/v1/', 'http://127.0.0.1:3000/flowai'],
		['HTTPS://Host.test/a/b', 'HTTPS://Host.test/a/b'],
	])('makes %j ready to be joined', (given, base) => {
		expect(normalizeBaseUrl(given, ['/rest/v1'])).toBe(base);
	});

	it.each([
		'',
		' ',
		'api.flow.ai',
		'ftp://api.flow.ai',
		'https://',
		'https:///rest/v1',
		'https://a b.test',
		'https://host.test?x=1',
		'https://host.test/#top',
		'javascript:alert(1)',
		'https://user:fake-password@host.test',
	])('refuses %j without repeating it', (given) => {
		expect(() => normalizeBaseUrl(given, ['/rest/v1'])).toThrow(
			expect.objectContaining({
				code: 'CONVOFLOW_INVALID_INPUT',
				field: 'baseUrl',
				message: 'Base URL is not a web address',
			}) as Error,
		);
	});
});

describe('buildUrl', () => {
	it('leaves undefined values out and repeats the key of arrays', () => {
		expect(
			buildUrl('https://h.test/api', '/things', { a: undefined, b: ['x', 'y'], c: false, d: 0, e: '' }),
		).toBe('https://h.test/api/things?b=x&b=y&c=false&d=0&e=');
		expect(buildUrl('https://h.test', '/things', { a: undefined, b: [] })).toBe('https://h.test/things');
	});

	it('carries any key and value through a real parse', () => {
		const word = fc.string({ unit: 'binary' }).map((value) => Buffer.from(value).toString());
		fc.assert(
			fc.property(fc.dictionary(word, fc.array(word, { minLength: 1, maxLength: 3 })), (query) => {
				const { searchParams } = new URL(buildUrl('https://h.test', '/p', query));
				for (const [key, values] of Object.entries(query)) expect(searchParams.getAll(key)).toEqual(values);
			}),
		);
	});
});
