import { createHmac } from 'node:crypto';
import { verifyCall, type Verdict, type Verification } from '@convoflow/client';
import fc from 'fast-check';

const NOW = Date.UTC(2026, 2, 1);
const SECRET = 'fake-secret-for-tests';

interface Parts {
	readonly headers?: Readonly<Record<string, string>>;
	readonly query?: Readonly<Record<string, string>>;
	readonly nowMs?: number;
}

function verify(
	verification: Verification,
	{ headers = {}, query = {}, nowMs = NOW }: Parts,
): Promise<Verdict> {
	return verifyCall(verification, { header: (name) => headers[name], query: (name) => query[name], nowMs });
}

const byToken = (...secrets: string[]): Verification => ({ mode: 'token', name: 'X-Token', secrets });
const byJwt = (...secrets: string[]): Verification => ({ mode: 'jwt', name: 'x-access-token', secrets });

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function jwt(claims: unknown = {}, { alg = 'HS256', hash = 'sha256', secret = SECRET } = {}): string {
	const signed = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
	return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
}

const viaJwt = (token: string, secret = SECRET): Promise<Verdict> =>
	verify(byJwt(secret), { headers: { 'x-access-token': token } });

async function expectRefused(verdict: Promise<Verdict>, words: RegExp): Promise<void> {
	const { ok, ...rest } = await verdict;
	expect(ok).toBe(false);
	expect(JSON.stringify(rest)).toMatch(words);
	expect(JSON.stringify(rest)).not.toContain(SECRET);
}

it('without verification every call passes', async () => {
	expect(await verify({ mode: 'none' }, {})).toEqual({ ok: true });
});

describe('a token', () => {
	it.each([SECRET, `Bearer ${SECRET}`, `bearer   ${SECRET}`, ` ${SECRET} `])(
		'passes as %j',
		async (value) => {
			expect(await verify(byToken(SECRET), { headers: { 'x-token': value } })).toEqual({ ok: true });
		},
	);

	it('passes in the query, under the very name', async () => {
		expect(await verify(byToken(SECRET), { query: { 'X-Token': SECRET } })).toEqual({ ok: true });
	});

	it.each([`${SECRET}\n`, `  ${SECRET}`, `Bearer ${SECRET}`])(
		'HOOK-07 passes when the secret was stored as %j',
		async (stored) => {
			expect(await verify(byToken(stored), { headers: { 'x-token': SECRET } })).toEqual({ ok: true });
		},
	);

	it('HOOK-01 is refused when wrong, without naming the secret', async () => {
		await expectRefused(verify(byToken(SECRET), { headers: { 'x-token': 'wrong' } }), /does not fit/);
	});

	it('HOOK-02 is refused when missing, and the header is named', async () => {
		await expectRefused(verify(byToken(SECRET), {}), /X-Token.*missing/);
	});

	it.each(['', SECRET.slice(0, -1), 'a', SECRET.replace('f', 'ƒ'), '\ud800', 'x'.repeat(100_000)])(
		'HOOK-03 HOOK-04 %# of another length or alphabet is refused',
		async (value) => {
			await expectRefused(verify(byToken(SECRET), { headers: { 'x-token': value } }), /does not fit/);
		},
	);

	it('HOOK-05 HOOK-08 fits any of two secrets, whatever their order', async () => {
		for (const secrets of [
			['old-fake', SECRET],
			[SECRET, 'old-fake'],
		]) {
			expect((await verify(byToken(...secrets), { headers: { 'x-token': SECRET } })).ok).toBe(true);
			expect((await verify(byToken(...secrets), { headers: { 'x-token': 'old-fake' } })).ok).toBe(true);
			expect((await verify(byToken(...secrets), { headers: { 'x-token': 'other' } })).ok).toBe(false);
		}
	});

	it.each([[[]], [['']], [['  ', '\n']]])('never passes when the secrets are %j', async (secrets) => {
		for (const value of ['', 'undefined', ' ']) {
			await expectRefused(verify(byToken(...secrets), { headers: { 'x-token': value } }), /no secret is set/);
		}
	});

	it('a blank name never passes', async () => {
		const verification = { mode: 'token', name: ' ', secrets: [SECRET] } as const;
		expect((await verify(verification, { headers: { '': SECRET } })).ok).toBe(false);
	});
});

describe('a JWT', () => {
	it.each([{}, { exp: NOW / 1000 + 1 }, { nbf: NOW / 1000 }, { agentId: 'ag', iat: 1 }])(
		'with the claims %j passes',
		async (claims) => {
			expect(await viaJwt(jwt(claims))).toEqual({ ok: true });
		},
	);

	it.each(['x-access-token', 'authorization', 'x-own'])('passes in the header %s', async (name) => {
		const verification = { mode: 'jwt', name: 'X-Own', secrets: [SECRET] } as const;
		expect(await verify(verification, { headers: { [name]: `Bearer ${jwt()}` } })).toEqual({ ok: true });
	});

	it('HOOK-08 passes with either secret', async () => {
		expect((await verify(byJwt('old-fake', SECRET), { headers: { 'x-access-token': jwt() } })).ok).toBe(true);
		expect((await verify(byJwt(SECRET, 'old-fake'), { headers: { 'x-access-token': jwt() } })).ok).toBe(true);
	});

	it('HOOK-12 of the algorithm none is refused, signed or not', async () => {
		await expectRefused(viaJwt(`${part({ alg: 'none' })}.${part({})}.`), /HS256/);
		await expectRefused(viaJwt(jwt({}, { alg: 'none' })), /HS256/);
		await expectRefused(viaJwt(jwt({}, { alg: 'HS512', hash: 'sha512' })), /HS256/);
		await expectRefused(viaJwt(jwt({}, { alg: 'hs256' })), /HS256/);
	});

	it('HOOK-01 HOOK-12 signed with another key is refused', async () => {
		await expectRefused(viaJwt(jwt({}, { secret: 'other' })), /does not fit/);
	});

	it.each([
		[{ exp: NOW / 1000 }, /expired/],
		[{ exp: NOW / 1000 - 1 }, /expired/],
		[{ exp: 'tomorrow' }, /expired/],
		[{ exp: null }, /expired/],
		[{ nbf: NOW / 1000 + 1 }, /not valid yet/],
		[{ nbf: 'x' }, /not valid yet/],
	])('HOOK-12 with the claims %j is refused', async (claims, words) => {
		await expectRefused(viaJwt(jwt(claims)), words);
	});

	it('HOOK-02 is refused when missing', async () => {
		await expectRefused(verify(byJwt(SECRET), {}), /x-access-token.*missing/);
	});

	it.each([
		'',
		'.',
		'..',
		'a.b',
		'a.b.c',
		'....',
		'ü.ü.ü',
		`${jwt()}.x`,
		`${part(5)}.${part({})}.AA`,
		`${part({ alg: 'HS256' })}.${part([])}.`,
	])('HOOK-03 HOOK-04 %j is refused', async (token) => {
		expect((await viaJwt(token)).ok).toBe(false);
	});

	it('with one changed bit anywhere is refused', async () => {
		const token = jwt({ sub: 'x', exp: NOW });
		await fc.assert(
			fc.asyncProperty(fc.nat(token.length - 1), fc.nat(7), async (index, bit) => {
				const bytes = Buffer.from(token, 'latin1');
				bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
				expect((await viaJwt(bytes.toString('latin1'))).ok).toBe(false);
			}),
		);
	});

	it('of any claims and secret passes with that secret and no other', async () => {
		const secret = fc.string({ minLength: 1 }).filter((value) => value.trim() === value);
		await fc.assert(
			fc.asyncProperty(secret, secret, fc.string(), async (one, other, sub) => {
				const token = jwt({ sub }, { secret: one });
				expect((await viaJwt(token, one)).ok).toBe(true);
				// HMAC pads short keys with zero bytes, so those are no difference.
				const bare = (key: string): string => key.replace(/\0+$/, '');
				if (bare(one) !== bare(other)) expect((await viaJwt(token, other)).ok).toBe(false);
			}),
		);
	});
});

it('any header gives a verdict, never a throw (HOOK-03, HOOK-04)', async () => {
	const dotted = fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }).map((parts) => parts.join('.'));
	const encoded = fc
		.tuple(fc.jsonValue(), fc.jsonValue(), fc.string())
		.map(([head, body, tail]) => `${part(head)}.${part(body)}.${tail}`);
	await fc.assert(
		fc.asyncProperty(fc.oneof(dotted, encoded), async (value) => {
			for (const verification of [byToken(SECRET), byJwt(SECRET)]) {
				const verdict = await verify(verification, {
					headers: { 'x-token': value, 'x-access-token': value },
				});
				expect(verdict.ok).toBe(false);
			}
		}),
	);
});
