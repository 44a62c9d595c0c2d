import { invalidInput, type ConvoflowError } from '../../errors';

/** Where later replies may go. */
export interface ReplyRules {
	/** Normalised base URL of the credential; its host is always allowed. */
	readonly baseUrl: string;
	/** More hosts: `host`, `host:port`, or `*.host` for the host and its subdomains. */
	readonly hosts: readonly string[];
}

/** Addresses of IPv4 that lead into one's own network (RFC 6890), as start and length of the prefix. */
const PRIVATE_V4: readonly (readonly [string, number])[] = [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['224.0.0.0', 3],
];

function numberOfV4(address: string): number | undefined {
	const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)?.slice(1).map(Number);
	return parts?.reduce((sum, part) => sum * 256 + part, 0);
}

function isPrivateV4(address: number): boolean {
	return PRIVATE_V4.some(([start, bits]) => {
		const size = 2 ** (32 - bits);
		return Math.floor(address / size) === Math.floor((numberOfV4(start) ?? 0) / size);
	});
}

/**
 * True for a host inside one's own network. URL has put every spelling of an IPv4 address (decimal, hexadecimal,
 * octal) into the usual one before.
 */
export function isPrivateHost(hostname: string): boolean {
	const host = hostname.toLowerCase().replace(/\.$/, '');
	const v4 = numberOfV4(host);
	if (v4 !== undefined) return isPrivateV4(v4);
	// Of IPv6 only the public unicast range 2000::/3 is public, without 2002::/16, which carries IPv4 addresses.
	if (host.startsWith('[')) return !/^\[(?!2002:)[23][0-9a-f]{3}:/.test(host);
	return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host);
}

function fits(url: URL, rule: string): boolean {
	const wanted = rule.trim().toLowerCase();
	if (!wanted.startsWith('*.')) return url.host === wanted;
	const domain = wanted.slice(2);
	return domain !== '' && (url.host === domain || url.host.endsWith(`.${domain}`));
}

function refused(rule: string): ConvoflowError {
	return invalidInput('replyUrl', 'Reply URL', rule);
}

/**
 * Checks an address that came with a call before anything is sent there: a forged call must not lead us, and
 * the verify token, to another host or into one's own network. Flow.ai reference §8 [inferred].
 * @throws CONVOFLOW_INVALID_INPUT (replyUrl)
 */
export function checkReplyUrl(replyUrl: string, { baseUrl, hosts }: ReplyRules): URL {
	const text = replyUrl.trim();
	if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
		throw refused('must be the web address that came with the call');
	}
	const url = new URL(text);
	const base = new URL(baseUrl);
	if (url.username !== '' || url.password !== '') throw refused('must not hold a user name or password');
	if (url.protocol === 'http:' && base.protocol !== 'http:') throw refused('must begin with https://');
	const isAllowed = url.host === base.host || hosts.some((rule) => fits(url, rule));
	if (!isAllowed) {
		throw refused(
			`leads to ${url.host}, which is neither the host of the base URL nor among the reply hosts of the credential`,
		);
	}
	if (isPrivateHost(url.hostname) && !isPrivateHost(base.hostname)) {
		throw refused(`leads to ${url.host} inside a private network, while the base URL is public`);
	}
	return url;
}
