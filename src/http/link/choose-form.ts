import { isSameBusiness } from '../../app/link/decide-business.ts';
import { keepBefore } from '../../app/link/look-at-attempt.ts';
import type { Business } from '../../domain/connection.ts';
import type { OfferedBusiness } from '../../domain/grant.ts';
import { type Html, html } from './html.ts';
import type { Language } from './language.ts';
import { textOf } from './texts.ts';

export type Choice = {
  language: Language;
  attemptId: string;
  businesses: readonly OfferedBusiness[];
  /** The business linked until now, which may be kept. */
  before?: Business | undefined;
  /** The form was sent without a choice. */
  missing: boolean;
};

/** The businesses to choose from, then those that cannot be linked, each with the reason. */
export function chooseForm({ language, attemptId, businesses, before, missing }: Choice): Html {
  const page = before === undefined ? 'choose' : 'change';
  const fit = businesses.filter(({ unfit }) => unfit === undefined);
  return html`<form method="post" action="/oauth/choose">
<input type="hidden" name="attempt" value="${attemptId}">
<fieldset${missing ? html` aria-describedby="missing"` : undefined}>
<legend>${textOf(language, `${page}.legend`)}</legend>
${missing ? html`<p class="error" id="missing" role="alert">${textOf(language, 'choose.missing')}</p>` : undefined}
${keepChoice(language, before, fit)}
${fit.map(({ businessId, name }) => choice(businessId, business(language, { businessId, name }, before)))}
</fieldset>
<div class="actions"><button class="button first" type="submit">${textOf(language, `${page}.submit`)}</button></div>
${unfitBusinesses(language, businesses)}
</form>`;
}

/** Keeping the business linked until now is always a choice; as itself where this person has it. */
function keepChoice(
  language: Language,
  before: Business | undefined,
  fit: readonly OfferedBusiness[],
): Html | undefined {
  if (before === undefined || fit.some((one) => isSameBusiness(one, before))) return undefined;
  return choice(keepBefore, textOf(language, 'change.keep', { business: before.name }));
}

function business(
  language: Language,
  { businessId, name }: Pick<Business, 'businessId' | 'name'>,
  before: Business | undefined,
): string {
  return businessId === before?.businessId ? textOf(language, 'change.same', { business: name }) : name;
}

function choice(value: string, label: string): Html {
  return html`<label class="choice"><input type="radio" name="business" value="${value}" required><span>${label}</span></label>`;
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
