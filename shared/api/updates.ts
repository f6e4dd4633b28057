/** What is new in the versions of the installation, and what it is made of. */
import * as z from 'zod/mini';
import { releaseSchema } from '../release';
import { route } from './route';

export const getReleaseNotes = route({
  name: 'getReleaseNotes',
  method: 'GET',
  path: '/release-notes',
  access: 'user',
  summary: 'Version of the service, and what is new in it and in the versions before, newest first.',
  status: 200,
  response: z.object({ version: z.string(), releases: z.array(releaseSchema) }),
  errors: ['not-found'],
});

/** A package of somebody else that the product contains. */
export const thirdPartySchema = z.object({ name: z.string(), version: z.string(), licence: z.string() });
export type ThirdParty = z.infer<typeof thirdPartySchema>;

export const listThirdParties = route({
  name: 'listThirdParties',
  method: 'GET',
  path: '/third-parties',
  access: 'user',
  summary: 'Packages of others that pane and service contain, with their licences, by name.',
  status: 200,
  response: z.object({ items: z.array(thirdPartySchema) }),
  errors: ['not-found'],
});
