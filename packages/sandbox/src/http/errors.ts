import { asObject, asString, messageOf } from '../json';

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
	// Not by class: an error of the platform can come from another realm.
	const { statusCode, message } = asObject(error);
	if (typeof statusCode === 'number' && statusCode < 500 && typeof message === 'string') {
		return { status: statusCode, message };
	}
	return { status: 500, message: 'The sandbox failed; see its console output' };
}

/** Tells the person who runs the sandbox about a fault of the sandbox itself. */
export function reportFault(error: unknown): void {
	process.stderr.write(`${asString(asObject(error)['stack']) ?? messageOf(error)}\n`);
}
