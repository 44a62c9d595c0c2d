import type { Service } from '@convoflow/kit';
import { analytics } from './analytics';
import { api } from './api';

/** Sinch Chatlayer. */
export const chatlayer: Service = {
	name: 'chatlayer',
	displayName: 'Chatlayer',
	description: 'Get analytics of Sinch Chatlayer bots',
	categories: ['Communication', 'Analytics'],
	aliases: ['Sinch', 'chatbot', 'bot', 'analytics', 'report'],
	resources: [analytics, api],
	main: 'analytics',
	triggers: [],
};
