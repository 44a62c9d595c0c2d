import { button, credentialNode, sheet, step, type ExampleFlow } from '../parts';

/** Sets up what a file is called; the folder is Node-RED's own unless EXPORT_FOLDER names one. */
const fileName = (name: string): string =>
	`($env("EXPORT_FOLDER") ? $env("EXPORT_FOLDER") & "/" : "") & ${name}`;

function nightlyExport(): ExampleFlow {
	const { at, comment, debug, flow, id } = sheet(
		'nightly-export',
		'Automation: nightly export of conversations',
	);
	return flow([
		comment(
			'Writes yesterday’s conversations into a table, every night',
			'At two o’clock the conversations of the last 24 hours are read page by page and written into a CSV file with the date in its name, in the folder that the environment variable EXPORT_FOLDER names. The button runs it at once.\n\nOpen the node "conversations", add your Flow XO API credential and deploy.',
		),
		at(
			'start',
			0,
			0,
			button(
				'every night',
				[
					{ p: 'activeAfter', v: '$fromMillis($millis() - 24 * 60 * 60 * 1000)', vt: 'jsonata' },
					{
						p: 'filename',
						v: fileName('"conversations-" & $now("[Y]-[M01]-[D01]") & ".csv"'),
						vt: 'jsonata',
					},
				],
				{ crontab: '00 02 * * *' },
			),
			['list'],
		),
		at(
			'list',
			1,
			0,
			step(
				'flowxo-conversation',
				'conversation.getMany',
				'conversations',
				id('api'),
				{ returnAll: 'true', activeAfter: ['activeAfter', 'msg'], simplify: 'true' },
				{ sendAs: 'page' },
			),
			['csv'],
		),
		at(
			'csv',
			2,
			0,
			{
				type: 'csv',
				name: 'as a table',
				spec: 'rfc',
				sep: ',',
				hdrin: '',
				hdrout: 'once',
				multi: 'one',
				ret: '\\r\\n',
				temp: '',
				skip: '0',
				strings: true,
				include_empty_strings: false,
				include_null_values: false,
			},
			['file'],
		),
		at(
			'file',
			3,
			0,
			{
				type: 'file',
				name: 'append to the file',
				filename: 'filename',
				filenameType: 'msg',
				appendNewline: false,
				createDir: true,
				overwriteFile: 'false',
				encoding: 'utf8',
			},
			['written'],
		),
		debug('written', 4, 0, 'written'),
		at('catch', 0, 1, { type: 'catch', name: 'what failed', scope: null, uncaught: false }, ['failed']),
		debug('failed', 1, 1, 'error'),
		credentialNode(id('api'), 'flowxo-api'),
	]);
}

/** Bars of a week as SVG, which every browser and mail program shows. */
const DRAW = `const days = msg.payload;
const most = Math.max(1, ...days.map(({ value }) => value));
msg.total = days.reduce((sum, { value }) => sum + value, 0);
msg.bars = days.map(({ time, value }, index) => {
	const height = Math.round((value / most) * 160);
	return {
		x: 20 + index * 60,
		y: 180 - height,
		height,
		middle: 40 + index * 60,
		above: 174 - height,
		value,
		day: String(time).slice(5, 10),
	};
});
return msg;`;

const PAGE = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Conversations of the last 7 days</title></head>
<body style="font-family: sans-serif">
<h1>{{total}} conversations in the last 7 days</h1>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 460 220" width="640" role="img" aria-label="Conversations a day">
{{#bars}}
<rect x="{{x}}" y="{{y}}" width="40" height="{{height}}" fill="#6d8f66"></rect>
<text x="{{middle}}" y="{{above}}" text-anchor="middle" font-size="12">{{value}}</text>
<text x="{{middle}}" y="200" text-anchor="middle" font-size="12">{{day}}</text>
{{/bars}}
</svg>
</body>
</html>
`;

function weeklyReport(): ExampleFlow {
	const { at, comment, debug, flow, id } = sheet('weekly-report', 'Automation: weekly report with a chart');
	return flow([
		comment(
			'A page with the conversations of the last week, every Monday',
			'On Mondays at six the conversations of the last seven days are counted by day, drawn as a chart and written as a page of HTML into the folder that the environment variable EXPORT_FOLDER names. The button runs it at once. Put a node that sends the page, for example by e-mail, behind "page".\n\nOpen the node "by day", add your Chatlayer Analytics API credential, enter the bot, and deploy.',
		),
		at(
			'start',
			0,
			0,
			button(
				'every Monday',
				[{ p: 'filename', v: fileName('"report-" & $now("[Y]-[M01]-[D01]") & ".html"'), vt: 'jsonata' }],
				{ crontab: '00 06 * * 1' },
			),
			['rows'],
		),
		at(
			'rows',
			1,
			0,
			step('chatlayer-analytics', 'analytics.getConversations', 'by day', id('api'), {
				botId: 'k3v9x2ab',
				period: 'last7Days',
				bucket: '1d',
				output: 'rows',
			}),
			['draw'],
		),
		at('draw', 2, 0, { type: 'function', name: 'chart', func: DRAW, outputs: 1 }, ['page']),
		at(
			'page',
			3,
			0,
			{
				type: 'template',
				name: 'page',
				field: 'payload',
				fieldType: 'msg',
				format: 'html',
				syntax: 'mustache',
				template: PAGE,
				output: 'str',
			},
			['file'],
		),
		at(
			'file',
			4,
			0,
			{
				type: 'file',
				name: 'write the page',
				filename: 'filename',
				filenameType: 'msg',
				appendNewline: false,
				createDir: true,
				overwriteFile: 'true',
				encoding: 'utf8',
			},
			['written'],
		),
		debug('written', 5, 0, 'written'),
		at('catch', 0, 1, { type: 'catch', name: 'what failed', scope: null, uncaught: false }, ['failed']),
		debug('failed', 1, 1, 'error'),
		credentialNode(id('api'), 'chatlayer-api'),
	]);
}

/** Automations that write what happened into files. */
export function reportAutomations(): ExampleFlow[] {
	return [nightlyExport(), weeklyReport()];
}
