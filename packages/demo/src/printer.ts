/** Prints a line; a passing one only tells that work goes on, so it may be left out or written over. */
export type Print = (line: string, isPassing?: boolean) => void;

/** How often a passing line is printed where lines cannot be written over, in ms. */
const QUIET_MS = 15_000;

/** Prints to a stream: passing lines are written over on a terminal, and rare elsewhere. */
export function printerTo(stream: NodeJS.WriteStream): Print {
	let hasPassingLine = false;
	let lastPassing = 0;
	return (line, isPassing = false) => {
		if (!isPassing) {
			stream.write(`${hasPassingLine ? '\r\x1b[K' : ''}${line}\n`);
			hasPassingLine = false;
		} else if (stream.isTTY) {
			stream.write(`\r\x1b[K${line}`);
			hasPassingLine = true;
		} else if (Date.now() - lastPassing >= QUIET_MS) {
			lastPassing = Date.now();
			stream.write(`${line}\n`);
		}
	};
}
