import type { JsonObject } from '../json';
import { BOT, type Entry, type Originator, type Thread } from '../flowai/model';
import type { ThreadSource } from '../flowai/store';
import { LOCALES } from './phrases';
import type { Stories, Story, StoryLine } from './stories';

const PATTERN = /^g-(\d{7})$/;

/** Generated conversations as Flow.ai threads `g-0000000` and so on. */
export function flowAiSource(stories: Stories): ThreadSource {
	const keyOf = (index: number): string => `g-${String(index).padStart(7, '0')}`;
	const indexOf = (key: string): number => Number(PATTERN.exec(key)?.[1] ?? -1);
	return {
		count: stories.count,
		keyAt: (position) => keyOf(stories.byActivity[position] ?? 0),
		positionOf: (key) => stories.rank[indexOf(key)] ?? -1,
		make: (key) => {
			const story = stories.story(indexOf(key));
			return story && threadOf(key, story);
		},
	};
}

function threadOf(key: string, story: Story): Thread {
	const user: Originator = {
		name: story.name,
		role: 'external',
		profile: { fullName: story.name, locale: LOCALES[story.language], language: story.language },
	};
	const agent: Originator = { name: 'Ada', role: 'moderator', profile: {} };
	const entries = story.lines.map((line, n): Entry => {
		const id = `${key}-${n + 1}`;
		return {
			id,
			originator: line.role === 'user' ? user : line.role === 'bot' ? BOT : agent,
			messages: [
				{
					fallback: line.text,
					silent: false,
					replyTo: line.role === 'user' ? null : (story.lines[n - 1]?.text ?? null),
					contexts: [],
					params: {},
					intents: [],
					createdAt: new Date(line.at).toISOString(),
					responses: [{ type: line.kind, payload: payloadOf(line) }],
					msgId: `m-${id}`,
				},
			],
		};
	});
	const agentSpoke = story.lines.some((line) => line.role === 'moderator');
	const first = story.lines[0]?.at ?? 0;
	return {
		key,
		name: key,
		channel: story.channel === 'web' ? 'socket' : 'rest',
		createdAt: first,
		updatedAt: story.lines.at(-1)?.at ?? first,
		entries,
		user,
		paused: agentSpoke,
		state: agentSpoke ? 'handover' : 'open',
		unnoticed: false,
		language: story.language,
	};
}

function payloadOf(line: StoryLine): JsonObject {
	switch (line.kind) {
		case 'card':
			return {
				title: line.text,
				subtitle: 'City bike, blue',
				media: { url: 'https://cdn.example.com/bike.png', type: 'image' },
				buttons: [{ type: 'postback', label: 'Take it', value: 'take' }],
			};
		case 'custom':
			return { kind: 'order-status', text: line.text };
		case 'image':
			return { title: line.text, url: 'https://cdn.example.com/photo.png' };
		case 'text':
			return { text: line.text };
	}
}
