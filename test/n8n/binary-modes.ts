import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createRequire } from 'node:module';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

/** Where n8n keeps binary data; `default` is inside the item. */
export type BinaryMode = 'default' | 'filesystem' | 'database' | 's3' | 'azure';

/** The container of n8n-core itself: other packages bring other versions of it along. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
	Container: { get<T>(type: abstract new (...parameters: never) => T): T };
};

type Manager = Parameters<BinaryDataService['setManager']>[1];

/** Keeps files where the server would ask a database or a bucket, in pieces of 64 KB. */
function memoryManager(): Manager {
	const files = new Map<
		string,
		{ bytes: Buffer; mimeType: string | undefined; fileName: string | undefined }
	>();
	const get = (id: string) => files.get(id) ?? { bytes: Buffer.alloc(0), mimeType: '', fileName: '' };
	return {
		init: () => Promise.resolve(),
		store: async (_location, content, { fileName, mimeType }) => {
			const bytes = Buffer.isBuffer(content) ? content : Buffer.concat(await content.toArray());
			const fileId = `file-${files.size}`;
			files.set(fileId, { bytes, fileName, mimeType });
			return { fileId, fileSize: bytes.length };
		},
		getPath: (id) => id,
		getAsBuffer: (id) => Promise.resolve(get(id).bytes),
		getAsStream: (id) => {
			const { bytes } = get(id);
			const pieces = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, index) =>
				bytes.subarray(index * 65_536, (index + 1) * 65_536),
			);
			return Promise.resolve(Readable.from(pieces, { objectMode: false }));
		},
		getMetadata: (id) => {
			const { bytes, mimeType, fileName } = get(id);
			return Promise.resolve({ fileSize: bytes.length, mimeType, fileName } as never);
		},
		copyByFileId: (_location, id) => Promise.resolve(id),
		copyByFilePath: () => Promise.reject(new Error('not needed here')),
		rename: () => Promise.resolve(),
	};
}

/** n8n's binary data service in a mode. */
export interface BinaryStore {
	keep(bytes: Uint8Array, fileName: string, mimeType: string): Promise<IBinaryData>;
	read(binary: IBinaryData): Promise<Buffer>;
	close(): Promise<void>;
}

/** Sets n8n's own service to a mode, as the server does when it starts. */
export async function binaryStore(mode: BinaryMode): Promise<BinaryStore> {
	const folder = await mkdtemp(join(tmpdir(), 'convoflow-binary-'));
	const config = Container.get(BinaryDataConfig);
	config.localStoragePath = folder;
	config.mode = mode;
	const service = Container.get(BinaryDataService);
	await service.init();
	if (mode !== 'default' && mode !== 'filesystem') service.setManager(mode, memoryManager());
	const location = { type: 'execution', workflowId: 'workflow-1', executionId: 'execution-1' } as const;
	return {
		keep: async (bytes, fileName, mimeType) =>
			await service.store(location, Buffer.from(bytes), { fileName, mimeType, data: '' }),
		read: async (binary) => await service.getAsBuffer(binary),
		close: async () => await rm(folder, { recursive: true, force: true }),
	};
}
