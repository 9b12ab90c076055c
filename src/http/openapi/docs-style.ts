import { createHash } from 'node:crypto';

/** The documentation page's whole style, readable in light and dark, on a phone and on paper. */
export const docsStyle = `
:root{color-scheme:light dark;--ground:#fff;--text:#15202b;--soft:#4a5866;--line:#c9d3dd;--code:#eef2f6;--link:#0b5cad}
@media (prefers-color-scheme:dark){:root{--ground:#10161d;--text:#eef2f6;--soft:#b4c0cc;--line:#3b4a59;--code:#19222c;
--link:#7db8f5}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1rem;background:var(--ground);color:var(--text);
font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
nav ul{columns:16rem;list-style:none;padding:0}
.languages{text-align:right}
.languages *{padding:.5rem}
details{border-top:1px solid var(--line)}
summary{cursor:pointer;padding:.75rem .25rem;overflow-wrap:anywhere}
summary span{display:block;color:var(--soft)}
.inside{padding:0 .25rem 1rem 1.25rem}
code,pre{font:.875rem/1.5 ui-monospace,Menlo,Consolas,monospace}
pre{background:var(--code);padding:.75rem;overflow:auto;max-height:28rem}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid var(--line);padding:.4rem .6rem .4rem 0;text-align:left;vertical-align:top;
overflow-wrap:anywhere}
p{overflow-wrap:anywhere}
`.trim();

/** What the content security policy names it by. */
export const docsStyleHash = `'sha256-${createHash('sha256').update(docsStyle).digest('base64')}'`;
