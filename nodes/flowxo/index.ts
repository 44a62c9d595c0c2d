import type { Service } from '@convoflow/kit';
import { api } from './api';
import { conversation } from './conversation';
import { flowXoTrigger } from './triggers/poll';
import { flowXoWebhookTrigger } from './triggers/webhook';

/** Flow XO. */
export const flowXo: Service = {
	name: 'flowxo',
	displayName: 'Flow XO',
	description: 'Read conversations of Flow XO bots',
	categories: ['Communication'],
	aliases: ['FlowXO', 'chatbot', 'bot', 'conversation', 'transcript'],
	resources: [api, conversation],
	main: 'conversation',
	triggers: [flowXoTrigger, flowXoWebhookTrigger],
};
