import type { OfferedBusiness } from '../../domain/grant.ts';
import { type Html, html } from './html.ts';
import type { Language } from './language.ts';
import { textOf } from './texts.ts';

export type Choice = {
  language: Language;
  attemptId: string;
  businesses: readonly OfferedBusiness[];
  /** The form was sent without a choice. */
  missing: boolean;
};

/** The businesses to choose from, then those that cannot be linked, each with the reason. */
export function chooseForm({ language, attemptId, businesses, missing }: Choice): Html {
  const fit = businesses.filter(({ unfit }) => unfit === undefined);
  return html`<form method="post" action="/oauth/choose">
<input type="hidden" name="attempt" value="${attemptId}">
<fieldset${missing ? html` aria-describedby="missing"` : undefined}>
<legend>${textOf(language, 'choose.legend')}</legend>
${missing ? html`<p class="error" id="missing" role="alert">${textOf(language, 'choose.missing')}</p>` : undefined}
${fit.map(choice)}
</fieldset>
<div class="actions"><button class="button first" type="submit">${textOf(language, 'choose.submit')}</button></div>
${unfitBusinesses(language, businesses)}
</form>`;
}

function choice({ businessId, name }: OfferedBusiness): Html {
  return html`<label class="choice"><input type="radio" name="business" value="${businessId}" required><span>${name}</span></label>`;
}

/** The businesses that cannot be linked, each with the reason; nothing when there are none. */
export function unfitBusinesses(
  language: Language,
  businesses: readonly OfferedBusiness[],
): Html | undefined {
  const items = businesses.flatMap(({ name, unfit }) =>
    unfit === undefined
      ? []
      : [
          html`<li><strong>${name}</strong><span>${textOf(language, 'choose.unfit')} ${textOf(language, `reason.${unfit}`)}</span></li>`,
        ],
  );
  return items.length === 0 ? undefined : html`<ul class="unfit">${items}</ul>`;
}
