import type { JsonObject } from '../json';
import { BOTS } from '../flowxo/builtin';
import type { XoConversation, XoMessage } from '../flowxo/model';
import type { XoSelection, XoSource } from '../flowxo/store';
import type { Stories, Story, StoryLine } from './stories';

const FIRST_USER = 490_160_000_000;

/** Generated conversations as those of Flow XO: user ids count up from 490160000000, bots alternate. */
export function flowXoSource(stories: Stories): XoSource {
	const bot = (index: number): (typeof BOTS)[number] => BOTS[index % 2] ?? BOTS[0];
	const idOf = (index: number): string => `${bot(index).id}/c/${FIRST_USER + index}`;
	const indexOf = (id: string): number => {
		const user = Number(id.slice(id.indexOf('/c/') + 3));
		const index = user - FIRST_USER;
		return Number.isInteger(index) && index >= 0 && index < stories.count && id === idOf(index) ? index : -1;
	};
	return {
		count: stories.count,
		idAt: (position) => idOf(stories.byActivity[position] ?? 0),
		positionOf: (id) => stories.rank[indexOf(id)] ?? -1,
		make: (id) => {
			const index = indexOf(id);
			const story = stories.story(index);
			return story && conversationOf(story, bot(index));
		},
		timesAt: (position) => {
			const index = stories.byActivity[position] ?? 0;
			return { created: stories.start[index] ?? 0, active: stories.end[index] ?? 0 };
		},
		within: (field, start, end, taken) => select(stories, field, start, end, taken),
	};
}

/** Rows in the order of activity whose creation or activity lies in a range, both ends included. */
function select(
	stories: Stories,
	field: 'created' | 'activity',
	start: number,
	end: number,
	taken: ReadonlySet<number>,
): XoSelection {
	const times = field === 'created' ? stories.start : stories.end;
	const inside = (position: number): boolean => {
		const at = times[stories.byActivity[position] ?? 0] ?? 0;
		return at >= start && at <= end && !taken.has(position);
	};
	let count = 0;
	for (let position = 0; position < stories.count; position += 1) if (inside(position)) count += 1;
	const page = (skip: number, limit: number): number[] => {
		const positions: number[] = [];
		for (let position = 0, place = 0; position < stories.count && positions.length < limit; position += 1) {
			if (!inside(position)) continue;
			if (place >= skip) positions.push(position);
			place += 1;
		}
		return positions;
	};
	return { count, page };
}

function conversationOf(story: Story, bot: (typeof BOTS)[number]): XoConversation {
	const first = story.lines[0]?.at ?? 0;
	const messages = story.lines.map((line, n): XoMessage => ({
		id: `66a1c0de${story.index.toString(16).padStart(8, '0')}${(n + 1).toString(16).padStart(8, '0')}`,
		role: line.role === 'user' ? 'channel' : 'bot',
		type: line.kind === 'image' ? 'media' : line.kind,
		agentMode: line.role === 'moderator',
		at: line.at,
		content: contentOf(line),
	}));
	return {
		botId: bot.id,
		botName: bot.name,
		platform: story.channel,
		userId: String(FIRST_USER + story.index),
		...(story.index % 17 === 0 ? {} : { userName: story.index % 13 === 0 ? null : story.name }),
		agentMode: story.lines.some((line) => line.role === 'moderator'),
		...(story.index % 3 === 0 ? {} : { unreachable: story.index % 11 === 0 }),
		createdAt: first,
		messages: story.index % 97 === 5 ? [] : messages,
		language: story.language,
	};
}

function contentOf(line: StoryLine): JsonObject {
	switch (line.kind) {
		case 'card':
			return {
				card: {
					title: line.text,
					image: 'https://files.example.com/bike.png',
					buttons: [{ label: 'Take it' }],
				},
			};
		case 'custom':
			return { custom: JSON.stringify({ text: line.text, preview: false }) };
		case 'image':
			return { media: { type: 'image', url: 'https://files.example.com/photo.png' } };
		case 'text':
			return { message: line.text, options: null };
	}
}
