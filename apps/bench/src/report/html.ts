import { createHash } from 'node:crypto';
import type { PageParts } from './page-parts.ts';
import type { ReportView } from './view.ts';

/**
 * The page with everything in it. Its policy names the hashes of its own style and script and allows nothing else: no
 * other script, no style, no picture and no connection, whatever stands in a result file.
 * @param events Where a live page listens, relative to it; nothing else can then be connected to. @default none
 */
export function html(report: ReportView | undefined, { script, style, licences }: PageParts, events?: string): string {
  const data = report === undefined ? '' : inScript(JSON.stringify(report));
  return `<!doctype html>
<html lang="en"${events === undefined ? '' : ` data-events="${inAttribute(events)}"`}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy({ script, style }, events !== undefined)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>azfleet-bench</title>
<link rel="icon" href="data:image/svg+xml,${ICON}">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#search">To the list of benchmarks</a>
<header class="masthead"><p class="brand">azfleet-bench</p><p id="builds"></p></header>
<main>
<div id="live" role="status" hidden><span id="live-text"></span><progress id="progress" aria-label="How much of the run is done"></progress></div>
<section id="answer"><h1 id="headline"></h1><ul id="trust"></ul></section>
<div id="columns">
<nav id="chooser" aria-label="Benchmarks">
<h2 class="unseen">Benchmarks</h2>
<div class="find"><input id="search" type="search" placeholder="Find a benchmark" aria-label="Find a benchmark" autocomplete="off" spellcheck="false" enterkeyhint="go"></div>
<p id="found" role="status"></p>
<div id="axis" aria-hidden="true"></div>
<ul id="list"></ul>
</nav>
<div><a class="back" href="#">← All benchmarks</a><div id="details"></div></div>
</div>
<section id="whole"></section>
</main>
<footer>
<noscript><p>The charts of this page need JavaScript. It loads nothing: all of it is in this file.</p></noscript>
<details><summary>Licences of what this page contains</summary><pre>${inText(licences)}</pre></details>
</footer>
<script type="application/json" id="data">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** A dot on its interval. */
const ICON = encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M1 8h14" stroke="#8797f5" stroke-width="3"/><circle cx="9" cy="8" r="4" fill="#2f49d1"/></svg>',
);

/** The page's policy; a server sends it as a header, too. */
export function policy({ script, style }: Pick<PageParts, 'script' | 'style'>, live: boolean): string {
  return [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    'img-src data:', // its icon
    ...(live ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** JSON that cannot end its script element, nor begin a comment in it: every `<` is written as an escape. */
function inScript(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function inText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function inAttribute(text: string): string {
  return inText(text).replaceAll('"', '&quot;');
}
