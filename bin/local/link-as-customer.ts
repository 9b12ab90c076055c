/**
 * Walks the customer's link journey without a browser: follows the link to the consent page, allows, chooses the
 * business where there are several, and follows the redirects to their end. Cookies as a browser keeps them.
 */
export async function linkAsCustomer(journey: {
  linkUrl: string;
  simulatorUrl: string;
  originUrl: string;
  /** What others call the origin, where a tunnel stands before it: this walk stays on the machine. */
  publicUrl?: string;
  email: string;
  /** Names the business, where the person has several. */
  businessId: string;
}): Promise<void> {
  const browser = new CookieBrowser(journey.publicUrl ?? journey.originUrl, journey.originUrl);
  const consent = await browser.get(journey.linkUrl);
  const decision = new URLSearchParams(new URL(consent.url).search);
  decision.set('email', journey.email);
  decision.set('decision', 'allow');
  const decided = await browser.post(
    `${journey.simulatorUrl}/service/auth/oauth/authorize/decision`,
    decision,
  );
  const page = await browser.settled(decided);
  if (!page.text.includes('action="/oauth/choose"')) return expectLinked(page);
  const form = new URLSearchParams({ business: journey.businessId });
  for (const [, name, value] of page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
    if (name !== undefined) form.set(name, value ?? '');
  }
  expectLinked(await browser.settled(await browser.post(`${journey.originUrl}/oauth/choose`, form)));
}

type Page = { url: string; status: number; text: string };

function expectLinked(page: Page): void {
  if (page.status === 200) return;
  const [, title] = /<title>([^<]*)<\/title>/.exec(page.text) ?? [];
  throw new Error(`the link journey ended at ${new URL(page.url).pathname} with "${title ?? page.status}"`);
}

class CookieBrowser {
  readonly #cookies = new Map<string, string>();
  readonly #publicUrl: string;
  readonly #originUrl: string;

  constructor(publicUrl: string, originUrl: string) {
    this.#publicUrl = publicUrl;
    this.#originUrl = originUrl;
  }

  get(url: string): Promise<Page> {
    return this.#follow(url, { method: 'GET' });
  }

  post(url: string, form: URLSearchParams): Promise<Page> {
    return this.#follow(url, { method: 'POST', body: form });
  }

  /** A page that says "still working on it" (202) is asked again, as its own refresh does in a browser. */
  async settled(page: Page): Promise<Page> {
    let now = page;
    while (now.status === 202) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      now = await this.get(now.url);
    }
    return now;
  }

  async #follow(start: string, first: RequestInit): Promise<Page> {
    let url = this.#onThisMachine(start);
    let request = first;
    for (let hop = 0; hop < 10; hop += 1) {
      const response = await fetch(url, { ...request, redirect: 'manual', headers: this.#headers(url) });
      this.#keep(response);
      const location = response.headers.get('location');
      if (location === null) return { url, status: response.status, text: await response.text() };
      url = this.#onThisMachine(new URL(location, url).href);
      request = { method: 'GET' };
    }
    throw new Error(`more than ten redirects from ${new URL(start).origin}`);
  }

  #onThisMachine(url: string): string {
    return url.startsWith(this.#publicUrl) ? this.#originUrl + url.slice(this.#publicUrl.length) : url;
  }

  #headers(url: string): Record<string, string> {
    const { origin } = new URL(url);
    return {
      cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      // As the browser of a form's page says it.
      origin: origin === this.#originUrl ? this.#publicUrl : origin,
    };
  }

  #keep(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name !== undefined) this.#cookies.set(name, value ?? '');
    }
  }
}
