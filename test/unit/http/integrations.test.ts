import { describe, expect, it } from '@jest/globals';
import { dataTypes } from '../../../src/domain/data-types.ts';
import { IntegrationReply } from '../../../src/http/wire/integration-reply.ts';
import { anIntegration, ask, makeWorld, sentenceOf } from './api-world.ts';

describe('the integrations', () => {
  it('lists FreshBooks alone', async () => {
    const listed = await ask(
      await makeWorld(),
      'GET /integrations?query=sourceType=Accounting%26%26enabled=true',
    );

    expect(listed.body).toMatchObject({
      results: [{ key: 'vxvy', name: 'FreshBooks', sourceType: 'Accounting', enabled: true }],
      totalResults: 1,
    });
  });

  it('says that it is not enabled before it is', async () => {
    const world = await makeWorld();
    await world.integration.change(() => ({ next: { ...anIntegration, enabled: false }, result: 0 }));

    expect((await ask(world, 'GET /integrations/vxvy')).body).toMatchObject({ enabled: false });
  });

  it('publishes as readable exactly what is read', async () => {
    const { body } = await ask(await makeWorld(), 'GET /integrations/vxvy');

    const readable = IntegrationReply.parse(body).datatypeFeatures.filter(({ supportedFeatures }) =>
      supportedFeatures.some(
        ({ featureType, featureState }) => featureType === 'Get' && featureState === 'Release',
      ),
    );
    expect(readable.map(({ dataType }) => dataType).toSorted()).toEqual([...dataTypes].toSorted());
  });

  it('knows no other', async () => {
    const missing = await ask(await makeWorld(), 'GET /integrations/gbol');

    expect([missing.status, sentenceOf(missing)]).toEqual([
      404,
      'There is no integration with the key gbol. FreshBooks is "vxvy".',
    ]);
  });
});

describe('the profile', () => {
  it('shows where customers return to', async () => {
    const world = await makeWorld();
    await world.linkSettings.save({ redirectUrl: 'https://app.example.com/done' });

    expect((await ask(world, 'GET /profile')).body).toMatchObject({
      redirectUrl: 'https://app.example.com/done',
    });
  });
});
