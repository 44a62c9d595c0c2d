import { textOf, type JsonObject } from '@convoflow/client';

/** One message of a bot's reply. */
export type ReplyRow = JsonObject & { readonly text: string };

/** The messages of a reply as flat rows. */
export function repliesOf(rows: readonly JsonObject[]): ReplyRow[] {
	return rows.map(({ text, type, quickReplies, attachments, silent }) => ({
		text: textOf(text) ?? '',
		type: type ?? null,
		quickReplies: quickReplies ?? [],
		attachments: attachments ?? [],
		silent: silent ?? false,
	}));
}

/** What a reply says as a whole, without what is not meant for the user. */
export function replySummary(replies: readonly ReplyRow[]): JsonObject {
	const seen = replies.filter(({ silent }) => silent !== true);
	return {
		replied: seen.length > 0,
		text: seen.map(({ text }) => text).join('\n'),
		quickReplies: seen.flatMap(({ quickReplies }) => quickReplies ?? []),
	};
}
