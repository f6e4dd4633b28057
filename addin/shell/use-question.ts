/** A question that takes the place of the button that raised it: the focus goes into it, and back when it is taken back. */
import { useEffect, useRef, useState, type RefObject } from 'react';

export interface Question {
  readonly asking: boolean;
  readonly ask: () => void;
  readonly close: () => void;
  /** Of the button that asks. */
  readonly opener: RefObject<HTMLButtonElement | null>;
  /** Of the answer that changes nothing; it has the focus first. */
  readonly refusal: RefObject<HTMLButtonElement | null>;
}

export function useQuestion(): Question {
  const [asking, setAsking] = useState(false);
  const asked = useRef(false);
  const opener = useRef<HTMLButtonElement>(null);
  const refusal = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) refusal.current?.focus();
    else if (asked.current) opener.current?.focus();
    asked.current = asking;
  }, [asking]);
  return {
    asking,
    ask: () => setAsking(true),
    close: () => setAsking(false),
    opener,
    refusal,
  };
}
