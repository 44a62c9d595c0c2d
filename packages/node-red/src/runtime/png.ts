import { ConvoflowError, chunksOf, type FileContent } from '@convoflow/client';
import type { FileResult } from '@convoflow/kit';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as resvg from '@resvg/resvg-wasm';

/** The package that draws; optional, since it is large and most flows draw nothing. */
const RASTERISER = '@resvg/resvg-wasm';
/** Pixels of the picture for one of the SVG, so that it is sharp on screens of high density. */
const DENSITY = 2;

type Rasteriser = typeof resvg;

interface Drawing {
	readonly rasteriser: Rasteriser;
	readonly fonts: readonly Uint8Array[];
}

let drawing: Promise<Drawing> | undefined;

async function load(): Promise<Drawing> {
	const fromHere = createRequire(__filename);
	const rasteriser = fromHere(RASTERISER) as Rasteriser;
	await rasteriser.initWasm(await readFile(fromHere.resolve(`${RASTERISER}/index_bg.wasm`)));
	const folder = path.join(__dirname, '../fonts');
	const names = (await readdir(folder)).filter((name) => name.endsWith('.ttf')).sort();
	const fonts = await Promise.all(names.map(async (name) => await readFile(path.join(folder, name))));
	return { rasteriser, fonts };
}

/** Loads what draws with the first picture, and once. */
async function ready(): Promise<Drawing> {
	drawing ??= load();
	try {
		return await drawing;
	} catch (error) {
		drawing = undefined;
		const { code, message } = error as { code?: string; message: string };
		const isMissing = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
		throw new ConvoflowError(
			'CONVOFLOW_NO_PNG',
			isMissing
				? `A PNG needs the optional package ${RASTERISER}, which is not installed`
				: `A PNG cannot be drawn here: ${message}`,
			{
				field: 'pictureAs',
				advice: `Choose SVG in the node, or run "npm install ${RASTERISER}" in the folder of Node-RED (~/.node-red) and restart Node-RED.`,
			},
		);
	}
}

async function textOf(file: FileContent): Promise<string> {
	const parts: Uint8Array[] = [];
	for await (const chunk of chunksOf(file)) parts.push(chunk);
	return Buffer.concat(parts).toString('utf8');
}

/**
 * Draws a picture in SVG as PNG with twice as many pixels across and down, in the font that comes with the package.
 * @throws CONVOFLOW_NO_PNG where the optional package is missing
 */
export async function toPng(made: FileResult): Promise<FileResult> {
	const { rasteriser, fonts } = await ready();
	const picture = new rasteriser.Resvg(await textOf(made.file), {
		fitTo: { mode: 'zoom', value: DENSITY },
		font: { fontBuffers: [...fonts], defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
	});
	try {
		const image = picture.render();
		const content = image.asPng();
		image.free();
		const name = made.file.name.replace(/\.svg$/i, '.png');
		return { ...made, file: { name, mimeType: 'image/png', content } };
	} finally {
		picture.free();
	}
}
