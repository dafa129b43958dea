import { type Ctx, requireSystem } from "@/lib/auth/context";
import { describeError } from "@/lib/shared/errors";
import { processWide } from "@/lib/shared/process-wide";
import { finishBeforeExit } from "@/lib/shared/unfinished";
import type { LineChannel, LineKey } from "./line";
import { saveReached } from "./store/owned-lines";

const EVERY_MS = 60_000;
const MOST_KNOWN = 20_000;

type Reached = LineKey & { readonly at: Date };

const reached = processWide("reached-lines", () => ({
  /** When each line was last noted, by this process's own clock. */
  noted: new Map<string, number>(),
  waiting: new Map<string, Reached>(),
  saving: undefined as Promise<void> | undefined,
}));

/**
 * Notes that signed deliveries for these identities came, at most once a minute for each of them: what comes meanwhile
 * costs a look into a map. Nobody waits for it, and a note that is lost is made up for by the next minute's. For the
 * system only.
 */
export function noteReached(ctx: Ctx, channel: LineChannel, identities: readonly string[]): void {
  requireSystem(ctx.actor);
  const { noted, waiting } = reached;
  for (const identity of identities) {
    const key = `${channel}:${identity}`;
    if (performance.now() - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) continue;
    if (noted.size >= MOST_KNOWN) noted.clear();
    noted.set(key, performance.now());
    waiting.set(key, { channel, identity, at: ctx.now() });
  }
  if (waiting.size > 0) reached.saving ??= finishBeforeExit(save(ctx));
}

async function save(ctx: Ctx): Promise<void> {
  const { noted, waiting } = reached;
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
  reached.saving = undefined;
}
