import type { Service } from '@convoflow/kit';
import { account } from './account';
import { api } from './api';
import { conversation } from './conversation';
import { flow } from './flow';
import { message } from './message';
import { flowXoTrigger } from './triggers/poll';
import { flowXoWebhookTrigger } from './triggers/webhook';

/** Flow XO. */
export const flowXo: Service = {
	name: 'flowxo',
	displayName: 'Flow XO',
	description: 'Read conversations, send messages and run flows of Flow XO bots',
	categories: ['Communication'],
	aliases: ['FlowXO', 'chatbot', 'bot', 'conversation', 'transcript', 'message', 'insights', 'flow'],
	resources: [account, api, conversation, flow, message],
	main: 'conversation',
	triggers: [flowXoTrigger, flowXoWebhookTrigger],
};
