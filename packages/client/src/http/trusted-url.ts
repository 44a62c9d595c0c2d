/** Which addresses that came as data may be used. */
export interface TrustRules {
	/** Normalised base URL of the credential: a person typed it, so its host is always allowed. */
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

/** Of IPv6 only 2000::/3 is public, without 2001::/32 and 2002::/16, which carry addresses of IPv4. */
const PUBLIC_V6 = /^(?!2001:0?:|2002:)[23][0-9a-f]{3}:/;

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
 * True for a host inside one's own network, by its name or its address; an address of IPv6 with or without
 * brackets. URL has put every spelling of an IPv4 address (decimal, hexadecimal, octal) into the usual one before.
 */
export function isPrivateHost(hostname: string): boolean {
	const host = hostname
		.toLowerCase()
		.replace(/\.$/, '')
		.replace(/^\[|\]$/g, '');
	const v4 = numberOfV4(host);
	if (v4 !== undefined) return isPrivateV4(v4);
	if (host.includes(':')) return !PUBLIC_V6.test(host);
	return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host);
}

function fits(url: URL, rule: string): boolean {
	const wanted = rule.trim().toLowerCase();
	if (!wanted.startsWith('*.')) return url.host === wanted;
	const domain = wanted.slice(2);
	return domain !== '' && (url.host === domain || url.host.endsWith(`.${domain}`));
}

/** `http` and `ws` are readable on the way. */
const isPlain = ({ protocol }: URL): boolean => protocol === 'http:' || protocol === 'ws:';

/**
 * Why an address that came as data (in a call, in an answer) must not be used; undefined when it may be. Whoever
 * forges it must not lead us, and what we send along, to another host or into one's own network.
 * @returns the end of a sentence that begins with what the address is for
 */
export function distrust(url: URL, { baseUrl, hosts }: TrustRules): string | undefined {
	const base = new URL(baseUrl);
	if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
	if (isPlain(url) && !isPlain(base)) return `must begin with ${url.protocol.slice(0, -1)}s://`;
	if (url.host !== base.host && !hosts.some((rule) => fits(url, rule)))
		return `leads to ${url.host}, which is neither the host of the base URL nor among the hosts that the credential allows`;
	if (isPrivateHost(url.hostname) && !isPrivateHost(base.hostname))
		return `leads to ${url.host} inside a private network, while the base URL is public`;
	return undefined;
}
