/**
 * What is read of a calendar for presence (PRE-8): when its owner is busy, and whether his mailbox answers by itself.
 * No subjects, places or people: those never leave the mailbox's reader.
 */
import * as z from 'zod/mini';

const instant = z.iso.datetime();

export const busyIntervalSchema = z.object({ start: instant, end: instant });
export type BusyInterval = z.infer<typeof busyIntervalSchema>;

/** Appointments of a window at most; what goes beyond is left out. */
export const maxBusyIntervals = 500;

export const calendarReadingSchema = z.object({
  busy: z.array(busyIntervalSchema).check(z.maxLength(maxBusyIntervals)),
  /** Absent: the mailbox does not answer by itself. Without a start: since somebody has turned it on; without an end: until then. */
  automaticReplies: z.optional(z.object({ start: z.optional(instant), end: z.optional(instant) })),
});
export type CalendarReading = z.infer<typeof calendarReadingSchema>;

/** Who reads the calendar: an open pane, or the service by itself. */
export const calendarReaders = ['pane', 'service'] as const;
export type CalendarReader = (typeof calendarReaders)[number];
