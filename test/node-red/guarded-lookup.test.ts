import type { LookupAddress } from 'node:dns';
import { guardedLookup, type Resolve } from '../../packages/node-red/src/ports/guarded-lookup';

const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
	'api.flow.ai': ['93.184.215.14'],
	'intern.example.com': ['10.0.0.7'],
	'rebind.example.com': ['93.184.215.15', '169.254.169.254'],
	'mapped.example.com': ['::ffff:10.0.0.1'],
	'six.example.com': ['fd00::7'],
	'public.example.com': ['93.184.215.16', '2a00:1450::8a'],
};

const resolve: Resolve = (hostname) => {
	const found = ADDRESSES[hostname];
	if (!found) return Promise.reject(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }));
	return Promise.resolve(
		found.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
	);
};

/** The addresses that a connection would be made to, or the code of why none is. */
async function found(base: string, hostname: string): Promise<unknown> {
	const lookup = guardedLookup(() => [`https://${base}/v1`], resolve);
	return await new Promise((done) => {
		lookup(hostname, { all: true }, (error, addresses) => {
			done(error ? error.code : (addresses as LookupAddress[]).map(({ address }) => address));
		});
	});
}

describe('a host that came as data is looked up when the connection is made', () => {
	it.each(['rebind.example.com', 'intern.example.com', 'mapped.example.com', 'six.example.com'])(
		'%s leads into a private network and is refused while the base URL is public',
		async (hostname) => expect(await found('api.flow.ai', hostname)).toBe('ERR_ADDRESS_BLOCKED'),
	);

	it('a public one is reached', async () =>
		expect(await found('api.flow.ai', 'public.example.com')).toEqual(ADDRESSES['public.example.com']));

	it('the host of the base URL is reached wherever it is: a person typed it', async () =>
		expect(await found('intern.example.com', 'intern.example.com')).toEqual(['10.0.0.7']));

	it.each(['127.0.0.1', 'sandbox', 'intern.example.com'])(
		'a private one is reached beside the private base URL %s',
		async (base) => expect(await found(base, 'intern.example.com')).toEqual(['10.0.0.7']),
	);

	it('one that does not exist is told as such', async () =>
		expect(await found('api.flow.ai', 'no.example.com')).toBe('ENOTFOUND'));
});
