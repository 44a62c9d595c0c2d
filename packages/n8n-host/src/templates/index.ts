import { assistant } from './assistant';
import { handoverTemplates } from './handover';
import { proactiveMessages } from './messages';
import { reportTemplates } from './reports';
import type { Template } from './canvas';

export type { Template, TemplateNode } from './canvas';

/** Whole automations, to be imported and filled in. They tell the same stories as those of the Node-RED package. */
export function templates(): Template[] {
	return [...handoverTemplates(), assistant(), proactiveMessages(), ...reportTemplates()];
}

/** A template as n8n imports it. */
export function workflowFile({ name, nodes, connections, settings }: Template): string {
	return `${JSON.stringify({ name, nodes, connections, settings }, null, '\t')}\n`;
}
