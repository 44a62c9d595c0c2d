/** What n8n answered when a credential was tested. */
export interface CredentialVerdict {
	readonly status: 'OK' | 'Error';
	readonly message: string;
}

/** What a manual run became: an execution, or a trigger that listens at its test URL. */
export type ManualRun = { readonly executionId: string } | { readonly waitingForWebhook: true };

/** How far n8n is with activating a workflow. */
export interface Publication {
	readonly status: string;
	readonly triggers: ReadonlyArray<{ readonly errorMessage: string | null }>;
}
