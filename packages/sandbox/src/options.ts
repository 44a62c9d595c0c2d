import type { WebhookTarget } from './webhook/target';

/** The keys a sandbox accepts. They are fixed and obviously fake, so that examples can name them. */
export interface SandboxKeys {
	flowAiRest: string;
	flowAiManagement: string;
	flowAiClientId: string;
	flowXo: string;
	chatlayerTokenId: string;
	chatlayerTokenSecret: string;
	chatlayerCore: string;
}

/** Only this machine reaches it. */
export const DEFAULT_HOST = '127.0.0.1';

/** The channel id which all built-in Flow.ai ids carry. */
export const CHANNEL_ID = 'c51f0e2a';
export const AGENT_ID = 'ag-1';

export const DEFAULT_KEYS: SandboxKeys = {
	flowAiRest: 'sandbox-flowai-rest-key',
	flowAiManagement: 'sandbox-flowai-management-key',
	// Flow.ai reference §1: a clientId decodes from base64 to <agentId>|<channelId>.
	flowAiClientId: Buffer.from(`${AGENT_ID}|${CHANNEL_ID}`).toString('base64'),
	flowXo: 'sandbox-flowxo-key',
	chatlayerTokenId: 'sandbox-token-id',
	chatlayerTokenSecret: 'sandbox-token-secret',
	chatlayerCore: 'sandbox-chatlayer-core-token',
};

/** Readings of the references that can be changed while the sandbox runs. */
export interface SandboxSettings {
	/** Which form of the Flow.ai REST key is accepted (Flow.ai reference §1). */
	authForm: 'bearer' | 'bare' | 'either';
	/** Which webhook event names are sent (Flow.ai reference §4.1); `both` sends each event under each of its names. */
	vocabulary: '2019' | 'later' | 'both';
	/** Send socket frames to every connection of the client id (Flow.ai reference §5.8). */
	broadcast: boolean;
	/** Hand out a per-thread secret and demand it (Flow.ai reference §5.2). */
	nonce: boolean;
	/** Whether `sync=true` on sending answers with the reply (Flow.ai reference §2.1). */
	syncSend: boolean;
	/** Whether results sent by webhook sit under `result` (Flow.ai reference §4.2). */
	webhookResult: 'wrapped' | 'flat';
	/** Whether page 1 of a Flow.ai history holds the newest or the oldest entries; the real order is not known. */
	historyOrder: 'newest' | 'oldest';
	/** Whether messages carry ids (`meta.msgId`); without them consumers have to compare contents. */
	messageIds: boolean;
	/** Entries which `thread.history` gives; their number is documented nowhere (Flow.ai reference §5.4). */
	socketHistory: number;
	/** Milliseconds before the bot answers, at speed 1. */
	botDelayMs: number;
	/** Largest page Flow XO grants, without telling (Flow XO reference §4). */
	flowXoMaxLimit: number;
	/** Flow XO: what `start` and `end` compare, creation or last activity; the real one is not known (§10). */
	flowXoRange: 'created' | 'activity';
	/** Flow XO: tell the `total`, wrap the list of messages (§11). */
	flowXoTotal: boolean;
	flowXoWrapMessages: boolean;
	/** Chatlayer: entries of `series_labels` are grouping columns (`keys`) or names of series (`names`), §6 rule 4. */
	seriesLabels: 'keys' | 'names';
	/** Chatlayer: drop trailing zeros of every series but the first, so that lengths differ (§6, worked example). */
	unevenSeries: boolean;
	/** Chatlayer: leave zero numbers out of answers (§5, reading rules). */
	omitZeroFields: boolean;
	/** Chatlayer: write int64 values as decimal strings (§5, reading rules). */
	int64AsString: boolean;
	/** Chatlayer: how pushed events are signed (§9, unconfirmed). */
	subscriptionSignature: 'sha256' | 'none';
	/** Chatlayer: where the verification challenge stands (§9, unconfirmed). */
	challengePlace: 'body' | 'nested' | 'query';
}

export const DEFAULT_SETTINGS: SandboxSettings = {
	authForm: 'either',
	vocabulary: 'later',
	broadcast: false,
	nonce: false,
	syncSend: true,
	webhookResult: 'wrapped',
	historyOrder: 'newest',
	messageIds: true,
	socketHistory: 20,
	botDelayMs: 50,
	flowXoMaxLimit: 100,
	flowXoRange: 'created',
	flowXoTotal: true,
	flowXoWrapMessages: false,
	seriesLabels: 'keys',
	unevenSeries: true,
	omitZeroFields: false,
	int64AsString: true,
	subscriptionSignature: 'sha256',
	challengePlace: 'body',
};

/** What `startSandbox` takes. Everything has a default; settings may be given here or changed later. */
export interface SandboxOptions extends Partial<SandboxSettings> {
	/** TCP port; 0 (default) takes a free one. */
	port?: number;
	/** Address to listen on; loopback by default. */
	host?: string;
	/** Number of generated conversations in each service beside the built-in ones. */
	seed?: number;
	/** Clock factor: 60 makes a minute of retries, idle cut, endpoint life and bot delays last a second. */
	speed?: number;
	/** File that keeps the world over restarts; memory only when absent. */
	data?: string;
	/** Webhook of the Flow.ai REST channel. */
	webhook?: WebhookTarget | null;
	/** Replaces single keys. */
	keys?: Partial<SandboxKeys>;
	/** Marks the ids made by this run; random by default, so that ids of two runs differ. */
	instance?: string;
}
