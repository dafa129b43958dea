/** The sandbox's time. It runs with the machine's, and tests may put it forward instead of waiting. */
export interface Clock {
  now: () => Date;
  /** Milliseconds since 1970. */
  time: () => number;
  advance: (ms: number) => void;
  reset: () => void;
}

export function createClock(): Clock {
  let offsetMs = 0;
  const time = () => Date.now() + offsetMs;
  return {
    time,
    now: () => new Date(time()),
    advance: (ms) => {
      offsetMs += ms;
    },
    reset: () => {
      offsetMs = 0;
    },
  };
}
