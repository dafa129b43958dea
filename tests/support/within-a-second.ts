import { expect, vi } from "vitest";

const LOOK_EVERY_MS = 20;
const LOOKS_IN_A_SECOND = 50;

/**
 * What must hold within a second. The second is counted in looks: each asks the process whose answer is to change, so that
 * on a busy machine the looks take longer as well.
 */
export async function withinASecond(look: () => Promise<void>): Promise<void> {
  let looks = 0;
  const counted = () => {
    looks += 1;
    return look();
  };
  await vi.waitFor(counted, { timeout: 20_000, interval: LOOK_EVERY_MS });
  expect(looks, "looks until it held").toBeLessThanOrEqual(LOOKS_IN_A_SECOND);
}
