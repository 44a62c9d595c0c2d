/** Node-RED's own config nodes that a credential may name, by the property that names them. */
export const NETWORK_NODES = { proxy: 'http proxy', tls: 'tls-config' } as const;

/** A property that names one of them. */
export type NetworkProperty = keyof typeof NETWORK_NODES;

/** Every one of them. */
export const NETWORK_PROPERTIES = Object.keys(NETWORK_NODES) as readonly NetworkProperty[];
