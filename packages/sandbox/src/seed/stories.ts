import { Random } from '../random';
import { CHANNELS, EXCHANGES, LANGUAGES, NAMES, type Language } from './phrases';

const MARK = 20260310;
const FIRST = Date.parse('2026-03-10T06:00:00.000Z');
const LAST = Date.parse('2026-08-31T20:00:00.000Z');
const MINUTE = 60_000;

/** One line of a generated conversation. */
export interface StoryLine {
	at: number;
	role: 'user' | 'bot' | 'moderator';
	kind: 'text' | 'card' | 'custom' | 'image';
	text: string;
}

/** A generated conversation, the same for every service. */
export interface Story {
	index: number;
	language: Language;
	channel: string;
	name: string;
	lines: StoryLine[];
}

/**
 * Generated conversations. What lists and analytics need (times, counts, language, channel) is kept in a few bytes
 * each; everything else is made anew whenever one is looked at, always the same.
 */
export class Stories {
	/** Start in milliseconds; rising with the index. */
	readonly start: Float64Array;
	/** Time of the last line in milliseconds. */
	readonly end: Float64Array;
	readonly lines: Uint8Array;
	readonly language: Uint8Array;
	readonly channel: Uint8Array;
	/** Indexes, most recently active first, and the place of each index in that order. */
	readonly byActivity: Uint32Array;
	readonly rank: Uint32Array;

	constructor(readonly count: number) {
		this.start = new Float64Array(count);
		this.end = new Float64Array(count);
		this.lines = new Uint8Array(count);
		this.language = new Uint8Array(count);
		this.channel = new Uint8Array(count);
		const step = (LAST - FIRST) / Math.max(1, count);
		for (let index = 0; index < count; index += 1) {
			const random = new Random(MARK, index);
			const lines = random.int(1, 14);
			const start = Math.floor(FIRST + step * (index + random.float()));
			// Some people come back after hours or days.
			const gap = random.chance(0.15) ? random.int(60, 3 * 24 * 60) * MINUTE : 0;
			this.start[index] = start;
			this.lines[index] = lines;
			this.end[index] = lines === 1 ? start : start + gap + lines * random.int(8, 90) * 1_000;
			this.language[index] = random.int(0, LANGUAGES.length - 1);
			this.channel[index] = random.int(0, CHANNELS.length - 1);
		}
		this.byActivity = Uint32Array.from({ length: count }, (_, index) => index).sort(
			(a, b) => (this.end[b] ?? 0) - (this.end[a] ?? 0) || b - a,
		);
		this.rank = new Uint32Array(count);
		for (let place = 0; place < count; place += 1) this.rank[this.byActivity[place] ?? 0] = place;
	}

	/** The conversation of that number; undefined outside. */
	story(index: number): Story | undefined {
		if (!Number.isInteger(index) || index < 0 || index >= this.count) return undefined;
		const random = new Random(MARK, index, 1);
		const language = LANGUAGES[this.language[index] ?? 0] ?? 'en';
		const count = this.lines[index] ?? 1;
		const [start, end] = [this.start[index] ?? 0, this.end[index] ?? 0];
		const exchanges = EXCHANGES[language];
		const handedOver = random.chance(0.08) ? random.int(1, count) : Infinity;
		const lines: StoryLine[] = [];
		for (let n = 0; n < count; n += 1) {
			const user = n % 2 === 0;
			// A gap stands before the last third.
			const share = count === 1 ? 0 : n / (count - 1);
			const at = share < 0.67 ? start + n * 20_000 : end - (count - 1 - n) * 5_000;
			const exchange = exchanges[(Math.floor(n / 2) + index) % exchanges.length] ?? ['', ''];
			const special = random.float();
			const kind = user
				? special < 0.03
					? 'image'
					: 'text'
				: special < 0.1
					? 'card'
					: special < 0.15
						? 'custom'
						: 'text';
			const role = user ? 'user' : n >= handedOver ? 'moderator' : 'bot';
			lines.push({
				at: Math.min(Math.max(at, start), end),
				role,
				kind: role === 'moderator' ? 'text' : kind,
				text: exchange[user ? 0 : 1],
			});
		}
		const last = lines.at(-1);
		if (last) last.at = end;
		for (let n = 1; n < lines.length; n += 1) {
			const [before, line] = [lines[n - 1], lines[n]];
			if (before && line && line.at < before.at) line.at = before.at;
		}
		const name = random.pick(NAMES[language]);
		return { index, language, channel: CHANNELS[this.channel[index] ?? 0] ?? 'web', name, lines };
	}

	/** First index whose start is not before a time. */
	firstFrom(time: number): number {
		let [low, high] = [0, this.count];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.start[middle] ?? 0) < time) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
