/** How much the service writes into its log: raised for an hour while a fault is looked for (SYN-9). */
import * as z from 'zod/mini';
import { route } from './route';

/** From little to much. */
export const chosenLogLevels = ['error', 'warn', 'info', 'debug', 'trace'] as const;
export type ChosenLogLevel = (typeof chosenLogLevels)[number];

export const logLevelStateSchema = z.object({
  /** In force now. */
  level: z.string(),
  /** What the configuration names; it is in force again by itself. */
  configured: z.string(),
  /** Until when another one is in force; ISO 8601 UTC. Absent where the configured one is. */
  until: z.optional(z.string()),
});
export type LogLevelState = z.infer<typeof logLevelStateSchema>;

export const getLogLevel = route({
  name: 'getLogLevel',
  method: 'GET',
  path: '/administration/log-level',
  access: 'admin',
  summary: "The level of the service's log.",
  status: 200,
  response: logLevelStateSchema,
  errors: [],
});

export const changeLogLevel = route({
  name: 'changeLogLevel',
  method: 'PUT',
  path: '/administration/log-level',
  access: 'admin',
  summary: 'Another level for an hour; null: the configured one at once. All instances follow within seconds.',
  body: z.object({ level: z.nullable(z.enum(chosenLogLevels)) }),
  status: 200,
  response: logLevelStateSchema,
  errors: [],
});
