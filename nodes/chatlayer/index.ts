import type { Service } from '@convoflow/kit';
import { analytics } from './analytics';

/** Sinch Chatlayer. */
export const chatlayer: Service = {
	name: 'chatlayer',
	displayName: 'Chatlayer',
	description: 'Get analytics of Sinch Chatlayer bots',
	categories: ['Communication', 'Analytics'],
	aliases: ['Sinch', 'chatbot', 'bot', 'analytics', 'report'],
	resources: [analytics],
	main: 'analytics',
	triggers: [],
};
