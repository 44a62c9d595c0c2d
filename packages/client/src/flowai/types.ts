import type { FileContent } from '../file';
import type { JsonObject } from '../ports';

/** Who a message comes from. Flow.ai reference §3.2. */
export interface Originator {
	readonly name: string;
	/** `external` is the end user, `moderator` a human agent. */
	readonly role: string;
	readonly profile?: JsonObject | undefined;
	readonly metadata?: JsonObject | undefined;
}

/** Where the answer of a question goes. */
export type Answer = 'here' | 'webhook';

/** What every call may be given. */
export interface CallOptions {
	readonly signal?: AbortSignal | undefined;
}

/** How a message is handled. Flow.ai reference §2.1. */
export interface SendOptions extends CallOptions {
	/** The bot's full reply is the answer (later docs, Flow.ai reference §2.5); timers and delays do not work then. */
	readonly sync?: boolean | undefined;
	/** The answer is held back until the message was worked on (later docs). */
	readonly writeConcern?: boolean | undefined;
}

/** What every message carries beside its content. Flow.ai reference §3.1. */
export interface MessageContext {
	readonly originator: Originator;
	/** Number that comes back with the delivery event. */
	readonly traceId?: number | undefined;
	/** Two letters. */
	readonly language?: string | undefined;
	/** Hours from UTC. */
	readonly timezone?: number | undefined;
	readonly params?: JsonObject | undefined;
	/** `flat` is the form of 001 and the default, `metadata` that of later docs. */
	readonly contextForm?: 'flat' | 'metadata' | undefined;
}

/** A message for a thread. */
export interface Send extends MessageContext, SendOptions {
	readonly threadId: string;
}

/** A text to send into a thread. 001, REST API, Text message. */
export interface SendText extends Send {
	/** At most 255 characters. */
	readonly speech: string;
}

/** An event to send into a thread. 001, REST API, Event message. */
export interface SendEvent extends Send {
	readonly eventName: string;
}

/** A place to send into a thread. 001, REST API, Location message. */
export interface SendLocation extends Send {
	/** Degrees north, as text. */
	readonly latitude: string;
	/** Degrees east, as text. */
	readonly longitude: string;
	/** Later docs only. */
	readonly title?: string | undefined;
}

/** A media file to send into a thread by its address. 001, REST API, Media message. */
export interface SendMedia extends Send {
	/** `image`, `file`, `audio` or `video`. */
	readonly mediaType: string;
	readonly url: string;
	readonly mimeType?: string | undefined;
	/** `both` also sends `mimetype`, as the document's HTTP sample spells it. */
	readonly mimeTypeSpelling?: 'mimeType' | 'both' | undefined;
	/** Later docs only. */
	readonly title?: string | undefined;
}

/** A media file to send into a thread as bytes. Flow.ai reference §2.3: prose of the document, multipart. */
export interface UploadMedia extends Send {
	/** `image`, `file`, `audio` or `video`. */
	readonly mediaType: string;
	readonly file: FileContent;
	/** Later docs only. */
	readonly title?: string | undefined;
}

/** What a broadcast says, its context in the metadata form. Flow.ai reference §2.4. */
export interface BroadcastContent {
	readonly payload: JsonObject;
	/** Language, time zone (hours from UTC) and params; travels as `metadata` where it is not empty. */
	readonly metadata?: JsonObject | undefined;
}

/** A broadcast to people named one by one. Flow.ai reference §2.2 row 14. */
export interface AudienceBroadcast extends BroadcastContent, CallOptions {
	/** `name`, then `phoneNumber` (E.164) or `identifier`; `profile` optional. */
	readonly audience: readonly JsonObject[];
	readonly channelName: string;
	/** The channel's own id: phone number, page id or project id. */
	readonly externalId: string;
}

/** A broadcast to a segment. Flow.ai reference §2.2 row 15. */
export interface SegmentBroadcast extends BroadcastContent, CallOptions {
	readonly segments: readonly { readonly id?: string; readonly name?: string }[];
}
