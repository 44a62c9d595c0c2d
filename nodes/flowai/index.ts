import type { Service } from '@convoflow/kit';
import { action } from './action';
import { api } from './api';
import { bot } from './bot';
import { broadcast } from './broadcast';
import { event } from './event';
import { flow } from './flow';
import { managementApi } from './management-api';
import { message } from './message';
import { project } from './project';
import { socket } from './socket';
import { thread } from './thread';
import { actionTrigger } from './triggers/action';
import { streamTrigger } from './triggers/stream';
import { webhookTrigger } from './triggers/webhook';

/** Flow.ai, today Khoros Flow. */
export const flowAi: Service = {
	name: 'flowai',
	displayName: 'Flow.ai',
	description: 'Send messages, read threads and control bots of Flow.ai',
	categories: ['Communication'],
	aliases: ['Khoros', 'Khoros Flow', 'FlowAI', 'chatbot', 'bot', 'handover', 'live chat'],
	resources: [action, api, bot, broadcast, event, flow, managementApi, message, project, socket, thread],
	main: 'message',
	triggers: [webhookTrigger, streamTrigger, actionTrigger],
};
