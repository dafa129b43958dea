/** The sandbox's time. It runs with the machine's, and tests may put it forward instead of waiting. */
export interface Clock {
  now: () => Date;
  /** Milliseconds since 1970. */
  time: () => number;
  advance: (ms: number) => void;
  /** As far ahead as the application's clock, which it follows from then on: a reset changes nothing. */
  follow: (aheadMs: number) => void;
  reset: () => void;
}

export function createClock(): Clock {
  let offsetMs = 0;
  let follows = false;
  const time = () => Date.now() + offsetMs;
  return {
    time,
    now: () => new Date(time()),
    advance: (ms) => {
      offsetMs += ms;
    },
    follow: (aheadMs) => {
      offsetMs = aheadMs;
      follows = true;
    },
    reset: () => {
      if (!follows) offsetMs = 0;
    },
  };
}
