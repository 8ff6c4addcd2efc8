import { expect, test } from 'vitest';
import { ask } from './support/http.ts';
import { start } from './support/simulators.ts';

test('the first shape is one object, as az cloud register reads it', async () => {
  const sim = await start({ machines: 1 });
  const { body } = await ask(sim, '/metadata/endpoints?api-version=2015-01-01');
  expect(body.authentication).toEqual({
    loginEndpoint: `${sim.endpoint}/`,
    audiences: [`${sim.endpoint}/`, sim.endpoint],
  });
  expect(body).toMatchObject({ graphEndpoint: expect.any(String), galleryEndpoint: expect.any(String) });
});

test.each(['2019-05-01', '2022-09-01'])('%s is a list of clouds', async (version) => {
  const sim = await start({ machines: 1 });
  const { port } = new URL(sim.endpoint);
  const { body } = await ask(sim, `https://localhost:${port}/metadata/endpoints?api-version=${version}`);
  expect(body).toHaveLength(1);
  expect(body[0]).toMatchObject({
    name: 'AzureSim',
    resourceManager: `https://localhost:${port}/`,
    authentication: { audiences: [`https://localhost:${port}/`, `https://localhost:${port}`] },
    suffixes: expect.any(Object),
  });
});

test('an api-version is required', async () => {
  const sim = await start({ machines: 1 });
  const answer = await ask(sim, '/metadata/endpoints');
  expect(answer.status).toBe(400);
  expect(answer.body.error.code).toBe('MissingApiVersionParameter');
});
