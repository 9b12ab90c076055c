const words = {
  en: {
    title: 'Sign in to Ledgerlink',
    lead: 'This page stands in for Amazon Cognito on this machine. The e-mail and password were printed when Ledgerlink started.',
    email: 'E-mail',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'The e-mail or the password is not right.',
    out: 'Signing out…',
    outButton: 'Sign out',
    bye: 'You are signed out.',
    failed: 'This sign-in cannot go on',
    retry: 'Go back to the portal and start again.',
  },
  fr: {
    title: 'Ouvrir une session Ledgerlink',
    lead: 'Cette page remplace Amazon Cognito sur cette machine. Le courriel et le mot de passe ont été affichés au démarrage de Ledgerlink.',
    email: 'Courriel',
    password: 'Mot de passe',
    submit: 'Ouvrir la session',
    wrong: 'Le courriel ou le mot de passe est incorrect.',
    out: 'Fermeture de la session…',
    outButton: 'Fermer la session',
    bye: 'Votre session est fermée.',
    failed: 'L’ouverture de session ne peut pas continuer',
    retry: 'Retournez au portail et recommencez.',
  },
} as const;

export type Language = keyof typeof words;

/** The first of the two languages that the browser asks for. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find((code): code is Language => code === 'en' || code === 'fr') ?? 'en';
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;background:#f4f5f7;color:#16191f;margin:0;display:grid;place-items:center;min-height:100vh}
main{background:#fff;border:1px solid #d5dbdb;border-radius:12px;padding:2rem;width:min(24rem,90vw);box-sizing:border-box}
h1{font-size:1.4rem;margin:0 0 .5rem}p{margin:.5rem 0 1rem;color:#414d5c}label{display:block;font-weight:600;margin:.75rem 0 .25rem}
input{width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #7d8998;border-radius:8px;font:inherit}
button{margin-top:1.25rem;width:100%;padding:.6rem;border:0;border-radius:20px;background:#0972d3;color:#fff;font:inherit;font-weight:700;cursor:pointer}
.wrong{color:#b0000c;font-weight:600}`;

function page(language: Language, title: string, content: string): string {
  const lang = language === 'fr' ? 'fr-CA' : 'en-CA';
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${content}</main></body></html>`;
}

/** The form that asks for e-mail and password. @param wrong whether the pair before was not right */
export function signInPage(language: Language, action: string, wrong: boolean): string {
  const text = words[language];
  const notice = wrong ? `<p class="wrong" role="alert">${text.wrong}</p>` : '';
  return page(
    language,
    text.title,
    `<p>${text.lead}</p>${notice}<form method="post" action="${action}"><label for="email">${text.email}</label><input id="email" name="email" type="email" autocomplete="username" required autofocus><label for="password">${text.password}</label><input id="password" name="password" type="password" autocomplete="current-password" required><button type="submit">${text.submit}</button></form>`,
  );
}

/** The page that ends the session at once, by a button where scripts are off. @param form what the provider made */
export function signOutPage(language: Language, form: string): string {
  const text = words[language];
  const button = `<button autofocus type="submit" form="op.logoutForm" value="yes" name="logout">${text.outButton}</button>`;
  return page(
    language,
    text.out,
    `${form}${button}<script>document.querySelector('button').click()</script>`,
  );
}

export function signedOutPage(language: Language): string {
  return page(language, words[language].bye, '');
}

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** What a person sees when a sign-in cannot go on. @param reason the provider's own words, for whoever looks into it */
export function signInErrorPage(language: Language, reason: string): string {
  const text = words[language];
  return page(language, text.failed, `<p>${text.retry}</p><p><code>${escapeHtml(reason)}</code></p>`);
}
