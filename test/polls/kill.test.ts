import { killNodeRed } from './kill-node-red';

// Twenty times, and n8n as well, by `npm run polls:kill`.
it('Node-RED that is killed loses nothing; what was on its way may come twice', async () => {
	const { missing, written } = await killNodeRed(2);
	expect(written).toBeGreaterThan(10);
	expect(missing).toEqual([]);
}, 90_000);
