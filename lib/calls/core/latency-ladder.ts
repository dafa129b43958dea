/** 0 everything, 1 the faster model, 2 the faster model without tools. */
export type LadderLevel = 0 | 1 | 2;

/** Where an organisation stands, and the mean turn latencies (milliseconds) of its latest calls at that level, oldest first. */
export type LadderState = { readonly level: LadderLevel; readonly samples: readonly number[] };

const SLOW_MS = 2_500;
const FAST_MS = 1_500;
const SAMPLES_TO_CLIMB = 3;
const SAMPLES_TO_DESCEND = 5;

/**
 * One step of the ladder after a call. Up a level when the median of the last three calls is slow, down when that of
 * the last five is fast; between the two marks nothing changes. Counting begins anew with each step, so that a
 * level is judged by its own calls alone. Not used when credits decide the level.
 */
export function ladderAfter(state: LadderState, sampleMs: number): LadderState {
  const samples = [...state.samples, sampleMs].slice(-SAMPLES_TO_DESCEND);
  if (state.level < 2 && slow(samples)) return { level: state.level === 0 ? 1 : 2, samples: [] };
  if (state.level > 0 && fast(samples)) return { level: state.level === 2 ? 1 : 0, samples: [] };
  return { level: state.level, samples };
}

/**
 * Up to how slow (milliseconds) a call changes nothing for the steps to come, so that it need not be counted; undefined where
 * any call does. On level 0 only slow calls matter, and how many of the latest they are.
 */
export function steadyTo({ level, samples }: LadderState): number | undefined {
  const before = samples.slice(1 - SAMPLES_TO_CLIMB);
  const allQuick = before.length === SAMPLES_TO_CLIMB - 1 && before.every((sample) => sample <= SLOW_MS);
  return level === 0 && allQuick ? SLOW_MS : undefined;
}

const slow = (samples: readonly number[]): boolean =>
  samples.length >= SAMPLES_TO_CLIMB && median(samples.slice(-SAMPLES_TO_CLIMB)) > SLOW_MS;

const fast = (samples: readonly number[]): boolean =>
  samples.length >= SAMPLES_TO_DESCEND && median(samples) < FAST_MS;

/** Of an odd number of values, which both windows are. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
