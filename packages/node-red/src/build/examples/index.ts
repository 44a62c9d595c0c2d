import { handoverAutomations } from './automations/handover';
import { reportAutomations } from './automations/reports';
import { sendingAutomations } from './automations/sending';
import { nodeExamples } from './each-node';
import type { ExampleFlow } from './parts';

export type { ExampleFlow, FlowNode } from './parts';

/** The automations: whole flows that do a job. */
export function automations(): ExampleFlow[] {
	return [...handoverAutomations(), ...sendingAutomations(), ...reportAutomations()];
}

/** Every example that the package brings: one for each node, and the automations. */
export function exampleFlows(): ExampleFlow[] {
	return [...nodeExamples(), ...automations()];
}
