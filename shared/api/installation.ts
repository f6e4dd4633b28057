/** What a client must know of the installation before anybody has signed in. */
import * as z from 'zod/mini';
import { route } from './route';

export const getHealth = route({
  name: 'getHealth',
  method: 'GET',
  path: '/health',
  access: 'public',
  summary: 'The process answers.',
  status: 200,
  response: z.object({ status: z.literal('ok') }),
  errors: [],
});

export const getReadiness = route({
  name: 'getReadiness',
  method: 'GET',
  path: '/ready',
  access: 'public',
  summary: 'The installation can do its work: the database answers and the service is not being stopped.',
  status: 200,
  response: z.object({ status: z.literal('ready') }),
  errors: ['not-ready'],
});

export const probeStream = route({
  name: 'probeStream',
  method: 'GET',
  path: '/stream-probe',
  access: 'public',
  summary: 'Three events within a second, then the end: shows whether something on the way holds a stream back.',
  status: 200,
  stream: true,
  errors: [],
});

export const getInstallation = route({
  name: 'getInstallation',
  method: 'GET',
  path: '/installation',
  access: 'public',
  summary: 'Version, and where the mailbox is reached. No secret is in it.',
  status: 200,
  response: z.object({
    version: z.string(),
    /** Nobody administers it yet: the one-time code that the service printed can be entered. */
    needsAdministrator: z.optional(z.boolean()),
    /** Absent where the installation has no Microsoft 365: then contacts come from files. */
    microsoft: z.optional(
      z.object({
        /** Application (client) id registered in Entra ID. */
        clientId: z.string(),
        authority: z.string(),
        /** Base of Microsoft Graph, `https://graph.microsoft.com/v1.0` or a national cloud's. */
        graphBaseUrl: z.string(),
        /** Absent where nobody can sign in here with a Microsoft account. */
        signIn: z.optional(
          z.object({
            /** This service's own scope, such as `api://…/access_as_user`. */
            scope: z.string(),
            /** The organisation whose accounts may sign in. */
            tenantId: z.string(),
          }),
        ),
      }),
    ),
  }),
  errors: [],
});

export const getOpenApi = route({
  name: 'getOpenApi',
  method: 'GET',
  path: '/openapi.json',
  access: 'public',
  summary: 'This contract as OpenAPI 3.1.',
  status: 200,
  response: z.looseObject({}),
  errors: [],
});
