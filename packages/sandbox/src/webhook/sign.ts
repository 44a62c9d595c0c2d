import { createHmac } from 'node:crypto';
import type { WebhookAuth } from './target';

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** A JSON web token signed with HS256, the form an official sample verifies (Flow.ai reference §4.3). */
export function signJwt(claims: Record<string, unknown>, secret: string): string {
	const head = `${base64url('{"alg":"HS256","typ":"JWT"}')}.${base64url(JSON.stringify(claims))}`;
	return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}

/** The address and headers of a call, with the proof that `auth` asks for. */
export function authorise(
	url: string,
	auth: WebhookAuth | undefined,
	nowMs: number,
): { url: URL; headers: Record<string, string> } {
	const target = new URL(url);
	if (auth?.type === 'token' && auth.in === 'query') target.searchParams.set(auth.name, auth.value);
	if (auth?.type === 'token' && auth.in === 'header') {
		return { url: target, headers: { [auth.name.toLowerCase()]: auth.value } };
	}
	if (auth?.type === 'jwt') {
		const issued = Math.floor(nowMs / 1000);
		const token = signJwt({ iss: 'convoflow-sandbox', iat: issued, exp: issued + 300 }, auth.secret);
		const header = (auth.header ?? 'x-access-token').toLowerCase();
		return { url: target, headers: { [header]: header === 'authorization' ? `Bearer ${token}` : token } };
	}
	return { url: target, headers: {} };
}
