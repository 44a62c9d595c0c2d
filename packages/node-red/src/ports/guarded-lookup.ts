import { isPrivateHost } from '@convoflow/client';
import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { promisify } from 'node:util';
import type { LookupFunction } from 'node:net';

/** Finds every address of a host. */
export type Resolve = (hostname: string, options: LookupOptions) => Promise<LookupAddress[]>;

const lookupAll = promisify(systemLookup);
const resolveAll: Resolve = async (hostname, options) => await lookupAll(hostname, { ...options, all: true });

/** A name that turned out to lead into one's own network. */
class BlockedAddressError extends Error {
	override readonly name = 'BlockedAddressError';
	readonly code = 'ERR_ADDRESS_BLOCKED';
}

/**
 * Makes the lookup of the connections of one config node. The hosts of the base URLs were typed by a person and may be
 * anywhere. Any other host came as data, so what its name resolves to is looked at when the connection is made: a
 * name that was public when it was checked may lead into one's own network a moment later (DNS rebinding).
 * A proxy looks names up itself.
 */
export function guardedLookup(
	baseUrls: () => readonly string[],
	resolve: Resolve = resolveAll,
): LookupFunction {
	const isPrivate = ({ address }: LookupAddress): boolean => isPrivateHost(address);

	async function find(hostname: string, options: LookupOptions): Promise<LookupAddress[]> {
		const bases = baseUrls().map((base) => new URL(base).hostname);
		const found = await resolve(hostname, options);
		if (bases.includes(hostname) || bases.some(isPrivateHost) || !found.some(isPrivate)) return found;
		for (const base of bases) if ((await resolve(base, options)).some(isPrivate)) return found;
		throw new BlockedAddressError(
			`${hostname} leads into a private network, which is not allowed: the base URL is public`,
		);
	}

	return (hostname, options, done) => {
		find(hostname, options).then(
			(found) => {
				const [first] = found;
				if (options.all) done(null, found);
				else done(null, first?.address ?? '', first?.family ?? 0);
			},
			(error: unknown) => done(error instanceof Error ? error : new Error(String(error)), ''),
		);
	};
}
