import { type Ctx, requireSystem } from "@/lib/auth/context";
import { describeError } from "@/lib/shared/errors";
import { processWide } from "@/lib/shared/process-wide";
import { finishBeforeExit } from "@/lib/shared/unfinished";
import type { LineChannel, LineKey } from "./line";
import { saveReached } from "./store/owned-lines";

const EVERY_MS = 60_000;
const MOST_KNOWN = 20_000;

type Reached = LineKey & { readonly at: Date };

type Noting = {
  /** When each line was last noted, by this process's own clock. */
  readonly noted: Map<string, number>;
  readonly waiting: Map<string, Reached>;
  saving: Promise<void> | undefined;
};

const reached = processWide(
  "reached-lines",
  (): Noting => ({ noted: new Map(), waiting: new Map(), saving: undefined }),
);

/**
 * Notes that signed deliveries for these identities came, at most once a minute for each of them: what comes meanwhile
 * costs a look into a map. Nobody waits for it, and a note that is lost is made up for by the next minute's. For the
 * system only.
 */
export function noteReached(ctx: Ctx, channel: LineChannel, identities: readonly string[]): void {
  requireSystem(ctx.actor);
  const state = reached();
  const { noted, waiting } = state;
  for (const identity of identities) {
    const key = `${channel}:${identity}`;
    if (performance.now() - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) continue;
    if (noted.size >= MOST_KNOWN) noted.clear();
    noted.set(key, performance.now());
    waiting.set(key, { channel, identity, at: ctx.now() });
  }
  if (waiting.size > 0) state.saving ??= finishBeforeExit(save(ctx, state));
}

async function save(ctx: Ctx, state: Noting): Promise<void> {
  const { noted, waiting } = state;
  while (waiting.size > 0) {
    const lines = [...waiting.values()];
    waiting.clear();
    try {
      await saveReached(lines);
    } catch (error) {
      for (const { channel, identity } of lines) noted.delete(`${channel}:${identity}`);
      ctx.log.warn({ error: describeError(error) }, "it was not noted when lines were reached");
    }
  }
  state.saving = undefined;
}
