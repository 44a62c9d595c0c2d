import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate that vouches for itself, so that it is its own authority. */
export interface Certificate {
	/** Both in PEM. */
	readonly cert: string;
	readonly key: string;
}

const DAY_MS = 86_400_000;

/** One element of DER (ITU-T X.690): its tag, its length, its content. */
function der(tag: number, ...content: Uint8Array[]): Buffer {
	const body = Buffer.concat(content);
	const { length } = body;
	if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), body]);
	const size = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
	return Buffer.concat([Buffer.from([tag, 0x80 + size.length]), size, body]);
}

const sequence = (...content: Uint8Array[]): Buffer => der(0x30, ...content);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const text = (value: string): Buffer => der(0x0c, Buffer.from(value));
const time = (ms: number): Buffer =>
	der(0x18, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const COMMON_NAME = oid('550403');
const SUBJECT_ALT_NAME = oid('551d11');

function altName(host: string): Buffer {
	const octets = host.split('.').map(Number);
	const isAddress = octets.length === 4 && octets.every((octet) => octet >= 0 && octet <= 255);
	return isAddress ? der(0x87, Buffer.from(octets)) : der(0x82, Buffer.from(host));
}

/**
 * Makes a certificate for hosts (RFC 5280), good for a day.
 * @param hosts names, and addresses of IPv4
 * @param untilMs when it ends, in milliseconds since the epoch
 */
export function makeCertificate(hosts: readonly string[], untilMs = Date.now() + DAY_MS): Certificate {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const name = sequence(der(0x31, sequence(COMMON_NAME, text(hosts[0] ?? 'test'))));
	const extension = sequence(SUBJECT_ALT_NAME, der(0x04, sequence(...hosts.map(altName))));
	const content = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.from([1])),
		ECDSA_WITH_SHA256,
		name,
		sequence(time(untilMs - 2 * DAY_MS), time(untilMs)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, sequence(extension)),
	);
	const signature = der(0x03, Buffer.from([0]), sign('sha256', content, privateKey));
	const bytes = sequence(content, ECDSA_WITH_SHA256, signature).toString('base64');
	return {
		cert: `-----BEGIN CERTIFICATE-----\n${bytes.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`,
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
	};
}
