import { describe, expect, it } from '@jest/globals';
import { type LinkOf, makeHandOutLink } from '../../../src/app/link/hand-out-link.ts';
import { languages } from '../../../src/http/link/language.ts';
import { textOf } from '../../../src/http/link/texts.ts';
import { aConnection, start } from '../../fakes/builders.ts';
import { aPerson, type JourneyScene, makeJourneyScene, theConnection } from './journey-scene.ts';

const aDay = 24 * 3600;

/** An installation whose links work once; `linkTo` hands one out. */
async function makeScene(change?: Parameters<typeof makeJourneyScene>[0]) {
  const scene = await makeJourneyScene(change);
  await scene.linkSettings.save({ oneTimeLinks: { enabled: true, lifetimeHours: 24 } });
  const handOut = makeHandOutLink(scene);
  const linkTo = async (of: LinkOf = theConnection, path = '/link/link-1') => {
    const made = await handOut(of);
    return `${path}?otp=${made?.code}`;
  };
  return { ...scene, linkTo };
}

const titled = (name: 'link-needed' | 'link-wrong' | 'link-expired' | 'link-used' | 'linked') =>
  textOf('en', `${name}.title`);

async function stateOf(scene: JourneyScene) {
  return (await scene.connection()).state;
}

describe('a link that works once', () => {
  it('leads all the way', async () => {
    const scene = await makeScene();

    const page = await scene.browser().authorise(scene, '900', await scene.linkTo());

    expect(page.text).toContain(titled('linked'));
    expect(await stateOf(scene)).toBe('Linked');
  });

  it('is not used up by being looked at, however often and by whomever', async () => {
    const scene = await makeScene();
    const link = await scene.linkTo();
    for (const _ of [1, 2, 3]) await scene.browser().get(link);

    await scene.browser().authorise(scene, '900', link);

    expect(await stateOf(scene)).toBe('Linked');
  });

  it('says that it was used, the second time, and begins nothing', async () => {
    const scene = await makeScene();
    const link = await scene.linkTo();
    await scene.browser().authorise(scene, '900', link);

    const page = await scene.browser().get(`${link}&again=yes`);

    expect([page.status, page.location]).toEqual([410, undefined]);
    expect(page.text).toContain(titled('link-used'));
  });

  it('links one of two people who opened it, and leaves the other one’s consent unspent', async () => {
    const scene = await makeScene();
    scene.freshBooks.addPerson(aPerson('901', [{ businessId: '77', accountId: 'other', name: 'Other' }]));
    const link = await scene.linkTo();
    const [first, second] = [scene.browser(), scene.browser()];
    const back = await second.callback(scene, '901', link);
    await first.authorise(scene, '900', link);

    const page = await second.follow(await second.get(back));

    expect(page.text).toContain(titled('link-used'));
    expect((await scene.connection()).business?.identityId).toBe('900');
    expect(await scene.grants.find(scene.grantIdOf('901'))).toBeUndefined();
  });

  it('links one of two people who choose at the same moment', async () => {
    const scene = await makeScene();
    const two = [{}, { businessId: '78', accountId: 'second', name: 'Second' }];
    scene.freshBooks.addPerson(aPerson('900', two));
    const link = await scene.linkTo();
    const walks = [scene.browser(), scene.browser()];
    const forms: string[] = [];
    for (const walk of walks) forms.push((await walk.authorise(scene, '900', link)).text);

    const pages = await Promise.all(
      walks.map(async (walk, index) => {
        const attempt = /name="attempt" value="(\w+)"/.exec(forms[index] ?? '')?.[1] ?? '';
        const business = ['78', aPerson('900').businesses[0]?.businessId ?? ''][index] ?? '';
        return walk.follow(await walk.request('POST', '/oauth/choose', { attempt, business }));
      }),
    );

    const ends = pages.map(({ text }) => text.includes(titled('linked')));
    expect(ends.filter(Boolean)).toHaveLength(1);
    expect(pages[ends.indexOf(false)]?.text).toContain(titled('link-used'));
  });

  it('may be tried again after a refusal, from the page that offers it', async () => {
    const scene = await makeScene();
    const browser = scene.browser();
    const { location = '' } = await browser.get(await scene.linkTo());
    const state = new URL(location).searchParams.get('state');
    const page = await browser.follow(
      await browser.get(`/oauth/callback?error=access_denied&state=${state}`),
    );
    const retry = /href="(\/link\/[^"]+again=yes)"/.exec(page.text)?.[1] ?? '';

    await browser.get(retry);
    expect((await browser.authorise(scene, '900', retry)).text).toContain(titled('linked'));
    expect(retry).not.toContain('otp');
  });

  it('is tried again in the same browser alone', async () => {
    const scene = await makeScene();
    await scene.browser().get(await scene.linkTo());

    expect((await scene.browser().get('/link/link-1?again=yes')).text).toContain(titled('link-needed'));
  });

  it('is whole again after it led to another business than the one before', async () => {
    const scene = await makeScene();
    await scene.browser().authorise(scene, '900', await scene.linkTo());
    scene.freshBooks.addPerson(aPerson('901', [{ businessId: '77', accountId: 'other', name: 'Other' }]));
    const link = await scene.linkTo();
    await scene.browser().authorise(scene, '901', `${link}&again=yes`);

    const page = await scene.browser().authorise(scene, '900', `${link}&again=yes`);

    expect(page.text).toContain(titled('linked'));
  });

  it('keeps its code when the language is changed', async () => {
    const scene = await makeScene();
    await scene.browser().authorise(scene, '900', await scene.linkTo());
    const link = await scene.linkTo();

    const page = await scene.browser().get(link);

    expect(page.text).toContain(`${new URL(link, 'https://x').search.slice(1)}&amp;lang=fr-CA`);
  });
});

describe('where links work once, a link', () => {
  it.each(languages)('without a code asks for a new one, in words, in %s', async (language) => {
    const scene = await makeScene();

    const page = await scene.browser().get(`/link/link-1?lang=${language}`);

    expect(page.status).toBe(403);
    expect(page.text).toContain(textOf(language, 'link-needed.advice'));
  });

  it('with a code that is none of ours says so', async () => {
    const scene = await makeScene();

    const page = await scene.browser().get('/link/link-1?otp=nonsense');

    expect([page.status, page.text.includes(titled('link-wrong'))]).toEqual([404, true]);
  });

  it('is good until its time is over, and says so then', async () => {
    const scene = await makeScene();
    const link = await scene.linkTo();

    scene.advance(aDay - 1);
    expect((await scene.browser().get(link)).status).toBe(303);
    scene.advance(1);

    const page = await scene.browser().get(link);
    expect([page.status, page.text.includes(titled('link-expired'))]).toEqual([410, true]);
  });

  it('of another company or connection opens nothing', async () => {
    const scene = await makeScene();
    await scene.connections.insert(aConnection({ id: 'connection-2', linkToken: 'link-2' }));
    const otherCompany = await scene.linkTo({ companyId: 'company-2' });
    const otherConnection = await scene.linkTo({ companyId: 'company-1', connectionId: 'connection-2' });

    for (const link of [otherCompany, otherConnection]) {
      expect((await scene.browser().get(link)).text).toContain(titled('link-wrong'));
    }
  });

  it('of a connection does not open the company’s own address', async () => {
    const scene = await makeScene();
    const company = await scene.companies.find('company-1');
    const path = `/link/company/${company?.linkToken}`;

    expect((await scene.browser().get(await scene.linkTo(theConnection, path))).text).toContain(
      titled('link-wrong'),
    );
    expect((await scene.browser().get(await scene.linkTo({ companyId: 'company-1' }, path))).status).toBe(
      303,
    );
  });

  it('may carry its code as links of a company are known to', async () => {
    const scene = await makeScene();
    const link = (await scene.linkTo({ companyId: 'company-1' })).replace('otp=', 'link.otp=');

    expect((await scene.browser().get(link)).status).toBe(303);
  });

  it('tells its code neither to the return address nor to the log, and the store keeps a digest', async () => {
    const scene = await makeScene();
    const { oneTimeLinks } = await scene.linkSettings.find();
    const redirectUrl = 'https://app.example/?a={otp}&b={link.otp}';
    await scene.linkSettings.save({ redirectUrl, ...(oneTimeLinks && { oneTimeLinks }) });
    const link = await scene.linkTo();
    const code = new URL(link, 'https://x').searchParams.get('otp') ?? '';

    const { location } = await scene.browser().authorise(scene, '900', `${link}&link.otp=${code}`);

    expect(location).toBe('https://app.example/?a=&b=');
    expect(JSON.stringify(scene.lines)).not.toContain(code);
    expect(await scene.oneTimeLinks.find(code)).toBeUndefined();
  });
});

describe('where links work as often as they are opened', () => {
  it('none is handed out, and a code makes no difference', async () => {
    const scene = await makeScene();
    const link = await scene.linkTo();
    await scene.linkSettings.save({ oneTimeLinks: { enabled: false, lifetimeHours: 24 } });

    expect(await makeHandOutLink(scene)({ companyId: 'company-1' })).toBeUndefined();
    expect((await scene.browser().get(link)).status).toBe(303);
    expect((await scene.browser().get('/link/link-1?otp=nonsense')).status).toBe(303);
  });
});

describe('a link that is handed out', () => {
  it('says until when it is good', async () => {
    const scene = await makeScene();

    expect(await makeHandOutLink(scene)(theConnection)).toMatchObject({
      expires: '2026-03-03T15:00:00.000Z',
    });
    expect(start).toBe('2026-03-02T15:00:00.000Z');
  });
});
