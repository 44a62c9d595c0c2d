const pages = new Map<string, string>();
const KEPT = 2_000;

/** A row as in the samples of the document (Flow XO reference §3). */
function conversation(number: number): object {
	const id = `5b8ffb4f0f1a2b3c4d5e6f70/c/${number}`;
	const at = new Date(Date.UTC(2026, 5, 1) - number * 60_000).toISOString();
	return {
		id,
		id_url_encoded: id.replaceAll('/', '%2F'),
		bot_id: '5b8ffb4f0f1a2b3c4d5e6f70',
		bot_name: 'Bike Shop',
		platform: number % 3 === 0 ? 'telegram' : 'whatsapp',
		user_id: String(number),
		user_name: `Visitor ${number}`,
		agent_mode: number % 7 === 0,
		created_at: at,
		last_message: {
			id: `6${String(number).padStart(23, '0')}`,
			role: number % 2 === 0 ? 'bot' : 'channel',
			conversation: id,
			from: '5b8ffb4f0f1a2b3c4d5e6f70',
			agent_mode: false,
			type: 'text',
			message: `The bike of visitor ${number} is ready on Monday, between nine and five.`,
			options: null,
			timestamp: at,
		},
	};
}

/** The text of one page of a list of so many conversations; texts that were made are kept. */
export function conversationPage(skip: number, limit: number, total: number): string {
	const key = `${skip} ${limit} ${total}`;
	const known = pages.get(key);
	if (known !== undefined) return known;
	const count = Math.max(0, Math.min(limit, total - skip));
	const rows = Array.from({ length: count }, (_, index) => conversation(skip + index));
	const text = JSON.stringify({ conversations: rows, total, skip, limit });
	if (pages.size < KEPT) pages.set(key, text);
	return text;
}
