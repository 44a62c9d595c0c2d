/** A refusal with the HTTP status to answer; each service writes it in its own form. */
export class HttpError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
		this.name = 'HttpError';
	}
}

export const badRequest = (message: string): HttpError => new HttpError(400, message);
export const unauthorized = (message: string): HttpError => new HttpError(401, message);
export const notFound = (message: string): HttpError => new HttpError(404, message);

/** Status and text of anything thrown, for an answer. Faults of the sandbox itself become a plain 500. */
export function describeError(error: unknown): { status: number; message: string } {
	if (error instanceof HttpError) return { status: error.status, message: error.message };
	if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
		if (error.statusCode < 500) return { status: error.statusCode, message: error.message };
	}
	return { status: 500, message: 'The sandbox failed; see its console output' };
}

/** Tells the person who runs the sandbox about a fault of the sandbox itself. */
export function reportFault(error: unknown): void {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
