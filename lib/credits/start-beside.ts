import { type Ctx, requireSystem } from "@/lib/auth/context";
import { groupCommit } from "@/lib/db/group-commit";
import { isRefusedInput, wasAnswered } from "@/lib/db/sql-errors";
import { processWide } from "@/lib/shared/process-wide";
import type { StartInput } from "./interaction";
import { LANES, laneOf } from "./lanes";
import { type Starting, type StartOutcome, startingOf, storeStart } from "./store/interactions";

/** Writes what a feature knows of a batch in the statement that stores how it starts; the answers are in the order of `items`. */
export type StartsBeside<Input> = (
  starting: Starting,
  items: readonly Input[],
) => Promise<readonly StartOutcome[]>;

/** `failure`: why the feature's part was not written. */
export type StartedBeside = { readonly outcome: StartOutcome; readonly failure?: unknown };

const MAX_BATCH = 256;

/**
 * As `startInteraction`, for a feature that writes something of its own about the interaction: by group commit, in one
 * statement for both. Where the feature's part cannot be written, the start is stored all the same. `name` is unique in the
 * process.
 */
export function startingBeside<Input extends StartInput>(
  name: string,
  write: StartsBeside<Input>,
): (ctx: Ctx, input: Input) => Promise<StartedBeside> {
  const lanes = processWide(`start-lanes-${name}`, () =>
    Array.from({ length: LANES }, () =>
      groupCommit<Input, StartedBeside>({
        maxBatch: MAX_BATCH,
        keysOf: (item) => [`${item.orgId}:${item.channel}:${item.providerRef}`],
        isRefusedInput,
        flush: async (items) => {
          try {
            return (await write(startingOf(items), items)).map((outcome) => ({ outcome }));
          } catch (failure) {
            if (!wasAnswered(failure) || (items.length > 1 && isRefusedInput(failure))) throw failure;
            return Promise.all(items.map(async (item) => ({ outcome: await storeStart(item), failure })));
          }
        },
      }),
    ),
  );
  return (ctx, input) => {
    requireSystem(ctx.actor);
    const commit = lanes()[laneOf(input.orgId)];
    if (!commit) throw new Error("no lane for an organisation");
    return commit(input);
  };
}
