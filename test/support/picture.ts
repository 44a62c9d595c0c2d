import fs from 'node:fs/promises';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** The points of a picture. */
export interface Picture {
	/** In pixels. */
	readonly width: number;
	/** In pixels. */
	readonly height: number;
	/** Colour of a point as `#rrggbb`. */
	colorAt(x: number, y: number): string;
}

/** A rectangle in pixels. */
export interface Box {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

let ready: Promise<unknown> | undefined;

/** Width and height of a PNG, from its header (PNG, third edition, 11.2.1). */
function sizeOf(png: Buffer): { width: number; height: number } {
	if (png.toString('latin1', 1, 4) !== 'PNG') throw new Error('This is no PNG');
	return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

/** Reads a PNG: it is placed point for point in a drawing. */
export async function readPng(png: Buffer): Promise<Picture> {
	ready ??= fs.readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')).then(initWasm);
	await ready;
	const { width, height } = sizeOf(png);
	const href = `data:image/png;base64,${png.toString('base64')}`;
	const drawing = new Resvg(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${href}"/></svg>`,
	);
	const { pixels } = drawing.render();
	const points = new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength);
	return {
		width,
		height,
		colorAt: (x, y) => `#${(points.getUint32((y * width + x) * 4) >>> 8).toString(16).padStart(6, '0')}`,
	};
}

/** Share of the points in a box that have another colour than the paper, from 0 to 1. */
export function inkIn(picture: Picture, box: Box, paper: string): number {
	let ink = 0;
	for (let y = Math.floor(box.top); y < box.top + box.height; y += 1)
		for (let x = Math.floor(box.left); x < box.left + box.width; x += 1)
			if (picture.colorAt(x, y) !== paper) ink += 1;
	return ink / (Math.ceil(box.width) * Math.ceil(box.height));
}

/**
 * Where a text stands in an SVG, as wide as narrow letters are.
 * @returns in pixels of a picture that has two for one of the SVG
 */
export function textBox(svg: string, text: string): Box {
	const found = [...svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)].find(([, , words]) => words === text);
	if (!found) throw new Error(`Nothing says ${text}`);
	const read = (name: string): number => Number(new RegExp(` ${name}="([^"]+)"`).exec(found[1] ?? '')?.[1]);
	const [x, y, size] = [read('x'), read('y'), read('font-size')];
	return { left: x * 2, top: (y - size * 0.72) * 2, width: text.length * size * 0.8, height: size * 1.44 };
}
