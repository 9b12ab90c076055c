import { createHash } from 'node:crypto';

/**
 * The pages' whole style: one sheet, no fonts and no images to fetch, phone first. Colours on their backgrounds reach
 * 4.5:1 (WCAG AA) in light and dark.
 */
export const style = `
:root{color-scheme:light dark;--ground:#eef2f6;--card:#fff;--text:#15202b;--soft:#4a5866;--line:#c9d3dd;
--action:#0b5cad;--action-down:#084a8c;--on-action:#fff;--good:#0d6b3f;--good-soft:#dff3e7;--info:#0b5cad;
--info-soft:#e0edf9;--bad:#8a4500;--bad-soft:#fdeeda}
@media (prefers-color-scheme:dark){:root{--ground:#10161d;--card:#19222c;--text:#eef2f6;--soft:#b4c0cc;--line:#3b4a59;
--action:#7db8f5;--action-down:#a5cffa;--on-action:#0c1a29;--good:#7ddba6;--good-soft:#133524;--info:#7db8f5;
--info-soft:#12304d;--bad:#f5b971;--bad-soft:#3d2a10}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--ground);color:var(--text);
font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
nav{display:flex;justify-content:flex-end;gap:.25rem;padding:.5rem 1rem}
nav a,nav span{display:inline-block;padding:.6rem .75rem;font-size:.9375rem}
nav span{font-weight:600}
main{flex:1;width:100%;max-width:36rem;margin:0 auto;padding:.5rem 1rem 2rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.875rem;padding:1.75rem 1.25rem}
.sign{display:flex;align-items:center;justify-content:center;width:3.25rem;height:3.25rem;border-radius:50%;margin:0 0 1.25rem}
.sign svg{width:1.75rem;height:1.75rem;fill:none;stroke:currentColor;stroke-width:2.6;stroke-linecap:round;stroke-linejoin:round}
.good .sign{background:var(--good-soft);color:var(--good)}
.info .sign{background:var(--info-soft);color:var(--info)}
.bad .sign{background:var(--bad-soft);color:var(--bad)}
h1{font-size:1.625rem;line-height:1.25;margin:0 0 .75rem;overflow-wrap:anywhere;text-wrap:balance}
p{margin:0 0 1rem;overflow-wrap:anywhere}
.advice{color:var(--soft)}
.error{color:var(--bad);font-weight:600}
a{color:var(--action)}
a:hover{color:var(--action-down)}
:focus-visible{outline:3px solid var(--action);outline-offset:2px;border-radius:.375rem}
.actions{display:flex;flex-direction:column;gap:.75rem;margin-top:1.5rem}
.button{display:block;width:100%;padding:.8rem 1.25rem;border:2px solid var(--action);border-radius:.625rem;
font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer;background:transparent;color:var(--action)}
.button.first{background:var(--action);color:var(--on-action)}
.button.first:hover{background:var(--action-down);border-color:var(--action-down);color:var(--on-action)}
fieldset{border:0;margin:1.25rem 0 0;padding:0;min-width:0}
legend{padding:0;margin-bottom:.75rem;font-weight:600}
.choice{display:flex;gap:.75rem;align-items:flex-start;border:1px solid var(--line);border-radius:.625rem;
padding:.9rem 1rem;margin-bottom:.625rem;cursor:pointer}
.choice:has(:checked){border-color:var(--action);box-shadow:inset 0 0 0 1px var(--action)}
.choice input{flex:none;width:1.25rem;height:1.25rem;margin:.2rem 0 0;accent-color:var(--action)}
.choice span{min-width:0;overflow-wrap:anywhere}
.unfit{list-style:none;margin:1.75rem 0 0;padding:0}
.unfit+.advice,form+.advice{margin-top:1.25rem}
.unfit li{border:1px dashed var(--line);border-radius:.625rem;padding:.9rem 1rem;margin-bottom:.625rem;overflow-wrap:anywhere}
.unfit strong,.unfit span{display:block}
.unfit span{color:var(--soft);font-size:.9375rem}
footer{padding:1rem 1rem 1.5rem;text-align:center;color:var(--soft);font-size:.875rem}
@media (min-width:40rem){main{padding-top:7vh}.card{padding:2.5rem}.actions{flex-direction:row}
.actions .button,form .button{width:auto}}
`.trim();

/** What the content security policy names it by. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
