/** There is no calendar of the user's to read here. */
export class NoCalendar extends Error {}
