/** The n8n server cannot be installed or started; the message says what to do. */
export class N8nSetupError extends Error {
	/**
	 * @param code `N8N_NODE_TOO_OLD`, `N8N_INSTALL_FAILED`, `N8N_COMPILER_MISSING`, `N8N_START_FAILED`,
	 * `N8N_PACKAGE_MISSING` or `N8N_API_FAILED`
	 */
	constructor(
		readonly code: string,
		message: string,
	) {
		super(message);
		this.name = 'N8nSetupError';
	}
}
