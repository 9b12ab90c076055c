import { type Html, html } from '../link/html.ts';
import type { Language } from '../link/language.ts';
import type { OperationObject } from './describe-operation.ts';
import { docsSentence, docsText, summaryText } from './docs-texts.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Parameter } from './parameters.ts';

/** One operation of the page, closed until it is asked for. */
export function docsOperation(
  method: string,
  path: string,
  operation: OperationObject,
  language: Language,
): Html {
  const paged = operation.parameters.some(({ name }) => name === 'pageSize');
  return html`<details id="${operation.operationId}">
<summary><code>${method} ${path}</code><span>${summaryText(language, operation.summary)}</span></summary>
<div class="inside">
<p>${roleText(operation, language)}</p>
${paged ? html`<p>${docsText(language, 'paged')}</p>` : undefined}
${parameterTable(operation.parameters, language)}
${bodyExample(operation, language)}
${answers(operation, language)}
</div>
</details>
`;
}

function roleText({ security, ...operation }: OperationObject, language: Language): string {
  if (security.length === 1) return docsText(language, 'role.signedIn');
  return docsText(language, `role.${operation['x-role']}`);
}

function parameterTable(parameters: readonly Parameter[], language: Language): Html | undefined {
  if (parameters.length === 0) return undefined;
  const rows = parameters.map(
    ({ name, description = '', schema, ...parameter }) => html`<tr>
<td><code>${name}</code></td>
<td>${docsText(language, `in.${parameter.in}`)}</td>
<td>${typeText(schema)}</td>
<td>${docsSentence(language, `parameter.${name}`, description)}</td>
</tr>`,
  );
  return html`<h3>${docsText(language, 'parameters')}</h3>
<table>
<thead><tr><th>${docsText(language, 'name')}</th><th>${docsText(language, 'place')}</th><th>${docsText(language, 'type')}</th><th>${docsText(language, 'meaning')}</th></tr></thead>
<tbody>${rows}</tbody>
</table>`;
}

function typeText(schema: JsonSchema): string {
  const { type, minimum, maximum, enum: choices } = schema;
  if (Array.isArray(choices)) return choices.join(', ');
  const bounds = minimum === undefined ? '' : ` ${minimum}–${maximum}`;
  return `${typeof type === 'string' ? type : ''}${bounds}${schema['default'] === undefined ? '' : ` (${schema['default']})`}`;
}

function bodyExample({ requestBody }: OperationObject, language: Language): Html | undefined {
  const example = requestBody?.content['application/json']?.example;
  if (example === undefined) return undefined;
  return html`<h3>${docsText(language, 'body')}</h3>
<pre>${JSON.stringify(example, null, 2)}</pre>`;
}

function answers({ responses }: OperationObject, language: Language): Html {
  const rows = Object.entries(responses).map(
    ([status, response]) =>
      html`<tr><td><code>${status}</code></td><td>${docsSentence(
        language,
        `status.${status}`,
        'description' in response ? response.description : '',
      )}</td></tr>`,
  );
  const examples = Object.values(responses).flatMap((response) =>
    'content' in response ? [response.content?.['application/json']?.example] : [],
  );
  return html`<h3>${docsText(language, 'answers')}</h3>
<table><tbody>${rows}</tbody></table>
${examples.map((example) => (example === undefined ? html`` : html`<pre>${JSON.stringify(example, null, 2)}</pre>`))}`;
}
