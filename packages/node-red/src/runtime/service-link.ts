import { ConvoflowError, type Pace } from '@convoflow/client';
import {
	clientOptions,
	inCredential,
	readFields,
	type Credential,
	type CredentialValues,
	type Input,
	type ReadContext,
} from '@convoflow/kit';
import type { Log } from '../ports/host';
import type { Network } from '../ports/network';
import { openConnector, shareConnector, type Connector } from './connector';
import type { Red, RedNode } from './red';

/** Asking costs more than sending a message; the zone changes with the variable TZ only. */
let zone: { readonly tz: string | undefined; readonly timeZone: string } | undefined;

/** Where the process runs; date-times without a zone are read in it. */
export function readContext(): ReadContext {
	const tz = process.env['TZ'];
	if (zone?.tz !== tz || !zone) zone = { tz, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
	return { timeZone: zone.timeZone };
}

/** The way to a service: the credential of one config node and the client made from it on first use. */
export class ServiceLink {
	readonly credential: Credential;
	/** Name of the credential, for messages. */
	readonly label: string;
	readonly log: Log;
	readonly #configId: string;
	readonly #raw: Readonly<Record<string, unknown>>;
	readonly #network: () => Network;
	#values: CredentialValues | undefined;
	#connector: Connector | undefined;

	/**
	 * @param raw what the config node stores, its `id` and private values among it
	 * @param network read on first use, when every config node is there
	 */
	constructor(
		credential: Credential,
		raw: Readonly<Record<string, unknown>> & { readonly id: string },
		label: string,
		network: () => Network,
		log: Log,
	) {
		this.#configId = raw.id;
		this.credential = credential;
		this.label = label;
		this.log = log;
		this.#raw = raw;
		this.#network = network;
	}

	/**
	 * The credential's values, read and checked.
	 * @throws CONVOFLOW_INVALID_INPUT with the field
	 */
	get values(): CredentialValues {
		try {
			this.#values ??= readFields(this.credential.fields, this.#raw, readContext());
			return this.#values;
		} catch (error) {
			throw inCredential(error, this.label);
		}
	}

	/**
	 * The client that every node shares.
	 * @throws CONVOFLOW_INVALID_INPUT with the field
	 */
	get client(): unknown {
		return this.#connect().client;
	}

	/**
	 * The client that works as the options of an input say: the shared one where they say nothing, else one of
	 * the node's own, so that the options of one node never reach another. Waits that the service asks for hold
	 * for all of them.
	 * @param pace the pace of the node
	 * @throws CONVOFLOW_INVALID_INPUT with the field
	 */
	clientFor(input: Input, pace: Pace): unknown {
		const connector = this.#connect();
		const options = clientOptions(input);
		return Object.keys(options).length === 0 ? connector.client : connector.clientWith({ ...options, pace });
	}

	/** A connector of a node's own, which it closes itself: it may outlive the config node. */
	openOwn(): Connector {
		return openConnector(this.credential, this.values, this.#network(), this.log);
	}

	#connect(): Connector {
		if (this.#connector) return this.#connector;
		const { credential, values, log } = this;
		try {
			this.#connector = credential.disconnect
				? shareConnector(this.#configId, credential, values, this.#network(), log)
				: openConnector(credential, values, this.#network(), log);
			return this.#connector;
		} catch (error) {
			throw inCredential(error, this.label);
		}
	}

	/** Ends every connection, within a second. */
	async close(): Promise<void> {
		await this.#connector?.close();
	}
}

/** Links by config node, so that nothing has to be put on Node-RED's own object. */
const links = new WeakMap<RedNode, ServiceLink>();

/** Keeps the link of a config node. */
export function setLink(node: RedNode, link: ServiceLink): void {
	links.set(node, link);
}

/**
 * Finds the credential that a node names.
 * @throws CONVOFLOW_NO_CREDENTIAL when none is chosen, or when it is missing or disabled
 */
export function findLink(red: Red, id: unknown, credential: Credential): ServiceLink {
	const node = typeof id === 'string' && id !== '' ? red.nodes.getNode(id) : null;
	const link = node ? links.get(node) : undefined;
	if (link?.credential === credential) return link;
	throw new ConvoflowError(
		'CONVOFLOW_NO_CREDENTIAL',
		`No credential for the ${credential.displayName} is chosen`,
		{
			advice: `Open the node, choose or add one in the field "Credential", and deploy.`,
		},
	);
}
