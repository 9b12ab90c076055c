import type { Person } from '../people.ts';
import type { App } from './apps.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const style = `
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f2f4f7; color: #16202c; }
  main { max-width: 34rem; margin: 2.5rem auto; padding: 2rem; background: #fff; border-radius: 12px;
    box-shadow: 0 1px 3px rgb(0 0 0 / 15%); }
  h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
  .tag { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; background: #e3edff; color: #173a7a;
    font-size: .85rem; }
  fieldset { border: 0; padding: 0; margin: 1.5rem 0; }
  legend { font-weight: 600; padding: 0; margin-bottom: .5rem; }
  label { display: flex; gap: .75rem; padding: .75rem; border: 1px solid #c5ccd6; border-radius: 8px; margin: .5rem 0;
    cursor: pointer; }
  label:focus-within, label:hover { border-color: #1f5fd0; }
  label small { display: block; color: #4a5767; }
  details { margin: 1rem 0; } details ul { columns: 2; padding-left: 1.2rem; font-size: .875rem; }
  button { font: inherit; padding: .6rem 1.4rem; border-radius: 8px; border: 1px solid #1f5fd0; cursor: pointer;
    margin-right: .75rem; background: #1f5fd0; color: #fff; }
  button.plain { background: transparent; color: #1f5fd0; }
  :focus-visible { outline: 3px solid #f0a500; outline-offset: 2px; }
  @media (prefers-color-scheme: dark) {
    body { background: #10151c; color: #e8edf3; } main { background: #1a222d; }
    label small { color: #aab6c4; } label { border-color: #445264; } button.plain { color: #9dc0ff; border-color: #9dc0ff; }
  }`;

const page = (title: string, body: string): string =>
  `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} – FreshBooks simulator</title><style>${style}</style></head>
<body><main><p class="tag">FreshBooks simulator</p>
${body}
</main></body></html>
`;

const businessesOf = ({ memberships }: Person): string => {
  const names = memberships.map(({ business, role }) =>
    role === 'owner' ? business.name : `${business.name} (${role})`,
  );
  return names.length > 0 ? names.join(', ') : 'no business';
};

const choice = (person: Person, first: boolean): string =>
  `<label><input type="radio" name="email" value="${escaped(person.email)}" required${first ? ' checked' : ''}>
<span>${escaped(`${person.firstName} ${person.lastName}`)}<small>${escaped(person.email)}</small>
<small>${escaped(businessesOf(person))}</small></span></label>`;

/** The page on which a person lets an app in, or does not: a plain form that needs no script. */
export const consentPage = (
  app: App,
  scopes: readonly string[],
  people: readonly Person[],
  carried: readonly (readonly [name: string, value: string])[],
): string =>
  page(
    `Authorise ${app.name}`,
    `<h1>Authorise ${escaped(app.name)}?</h1>
<p><strong>${escaped(app.name)}</strong> would like to reach your accounting data.</p>
<form method="post" action="/service/auth/oauth/authorize/decision">
${carried.map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`).join('\n')}
<fieldset><legend>Sign in as</legend>
${people.map((person, at) => choice(person, at === 0)).join('\n')}
</fieldset>
<details><summary>What it asks for (${scopes.length} permissions)</summary>
<ul>${scopes.map((scope) => `<li>${escaped(scope)}</li>`).join('')}</ul></details>
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="refuse" class="plain">Refuse</button>
</form>`,
  );

/** A page that says one thing. */
export const messagePage = (title: string, message: string): string =>
  page(title, `<h1>${escaped(title)}</h1>\n<p role="alert">${escaped(message)}</p>`);
