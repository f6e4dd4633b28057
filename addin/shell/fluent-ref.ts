import type { Ref } from 'react';

/**
 * A ref for a Fluent component. Fluent reads the element's type out of an event handler's type, and with
 * `exactOptionalPropertyTypes` it finds `never` there; at run time any ref is passed on to the element.
 */
export function fluentRef(ref: Ref<HTMLInputElement> | Ref<HTMLButtonElement> | Ref<HTMLDivElement>): Ref<never> {
  return ref as Ref<never>;
}
