// n8n prints the stack of every failed run; failures are what many of these tests are about.
process.env['N8N_LOG_LEVEL'] ??= 'silent';

export {};
