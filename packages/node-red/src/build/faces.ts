/** What a service looks like in the palette: one category each, colours of Node-RED's muted palette. */
interface Face {
	readonly category: string;
	readonly color: string;
}

const FACES: Readonly<Record<string, Face>> = {
	flowai: { category: 'Flow.ai', color: '#87A980' },
	flowxo: { category: 'Flow XO', color: '#E9967A' },
	chatlayer: { category: 'Chatlayer', color: '#DEBD5C' },
};

/** @throws TypeError for a service that has none, so that a new one cannot be forgotten */
export function faceOf(service: string): Face {
	const face = FACES[service];
	if (!face) throw new TypeError(`no category and colour for ${service} in build/faces.ts`);
	return face;
}
