import type { Card } from './server';

const STYLE = `
:root { color-scheme: light dark; --back: light-dark(#eef1ee, #141916); --panel: light-dark(#fff, #1d2520);
	--text: light-dark(#1f2522, #e6ece8); --dim: light-dark(#55605a, #a9b5ae); --line: light-dark(#c9d2cb, #3a463f);
	--accent: light-dark(#2f6140, #8fd0a3); --on-accent: light-dark(#fff, #10160f); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1100px; margin: 0 auto; padding: 32px 24px; }
h1 { margin: 0 0 4px; font-size: 28px; }
header p { margin: 0 0 20px; color: var(--dim); }
#progress { min-height: 28px; margin: 0 0 12px; font-weight: 600; }
#progress[data-busy='true']::before { content: ''; display: inline-block; width: 14px; height: 14px; margin-right: 10px;
	border: 3px solid var(--line); border-top-color: var(--accent); border-radius: 50%; animation: turn 1s linear infinite;
	vertical-align: -2px; }
@keyframes turn { to { transform: rotate(360deg); } }
@media (prefers-reduced-motion: reduce) { #progress[data-busy='true']::before { animation: none; } }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 16px; margin: 0; padding: 0; list-style: none; }
.cards > li, .log { padding: 18px 20px; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
.cards > li { display: flex; flex-direction: column; }
h2 { margin: 0 0 8px; font-size: 18px; }
.cards ol { flex: 1; margin: 0 0 14px; padding-left: 20px; }
.go { align-self: flex-start; padding: 8px 16px; border-radius: 6px; background: var(--accent); color: var(--on-accent); font-weight: 600; text-decoration: none; }
.go[hidden] { display: none; }
.note { margin: 8px 0 0; color: var(--dim); overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.log { margin-top: 16px; }
.log ul { margin: 0; padding: 0; list-style: none; font: 13px/1.6 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
`;

const SCRIPT = `
const byId = (id) => document.getElementById(id);
async function look() {
	let state;
	try { state = await (await fetch('/state')).json(); }
	catch { state = { progress: 'The demo has ended. Start it again with the command in your terminal.', places: {}, lines: [], isOver: true }; }
	const progress = byId('progress');
	const text = state.progress || 'Everything runs.';
	if (progress.textContent !== text) progress.textContent = text;
	progress.dataset.busy = String(Boolean(state.progress) && !state.isOver);
	for (const card of document.querySelectorAll('[data-card]')) {
		const place = state.places[card.dataset.card] ?? {};
		const link = card.querySelector('a');
		link.hidden = !place.href;
		if (place.href) link.href = place.href;
		card.querySelector('.note').textContent = place.note ?? (place.href || state.isOver ? '' : 'is being started …');
	}
	if (state.isOver) return;
	const lines = state.lines.length ? state.lines : ['Nothing yet.'];
	byId('lines').replaceChildren(...lines.map((line) => Object.assign(document.createElement('li'), { textContent: line })));
}
setInterval(look, 1000);
look();
`;

/** Text as html shows it. */
function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function cardHtml({ id, title, text, steps, link }: Card): string {
	const items = steps.map((step) => `<li>${escaped(step)}</li>`).join('');
	return `<li data-card="${id}"><h2>${escaped(title)}</h2><p>${escaped(text)}</p><ol>${items}</ol><a class="go" target="_blank" rel="noreferrer" hidden>${escaped(link)}</a><p class="note"></p></li>`;
}

/** The start page; where its cards lead to, it asks for. */
export function pageHtml(title: string, cards: readonly Card[]): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${escaped(title)}</h1>
<p>Flow.ai, Flow XO and Chatlayer run on your machine for as long as the command in your terminal does. Nothing leaves it.</p>
</header>
<p id="progress" role="status" data-busy="true">Starting …</p>
<ul class="cards">${cards.map(cardHtml).join('')}</ul>
<section class="log" aria-labelledby="happened"><h2 id="happened">What has happened</h2><ul id="lines"></ul></section>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
