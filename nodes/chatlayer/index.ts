import type { Service } from '@convoflow/kit';
import { analytics } from './analytics';
import { api } from './api';
import { appLog } from './app-log';
import { bot } from './bot';
import { chart } from './chart';
import { conversation } from './conversation';
import { coreApi } from './core-api';
import { event } from './event';
import { eventDefinition } from './event-definition';
import { flow } from './flow';
import { intent } from './intent';
import { knowledgeBase } from './knowledge-base';
import { subscription } from './subscription';
import { chatlayerPollTrigger } from './triggers/poll';
import { chatlayerTrigger } from './triggers/subscription';

/** Sinch Chatlayer. */
export const chatlayer: Service = {
	name: 'chatlayer',
	displayName: 'Chatlayer',
	description: 'Get analytics and conversations of Sinch Chatlayer bots, track events',
	categories: ['Communication', 'Analytics'],
	aliases: ['Sinch', 'chatbot', 'bot', 'analytics', 'report', 'conversation'],
	resources: [
		analytics,
		intent,
		knowledgeBase,
		chart,
		flow,
		event,
		eventDefinition,
		subscription,
		appLog,
		// In Node-RED the node of both begins with its conversations.
		conversation,
		bot,
		api,
		coreApi,
	],
	main: 'analytics',
	triggers: [chatlayerTrigger, chatlayerPollTrigger],
};
