import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import type { LineKey, OwnedLine } from "./line";
import {
  deleteLine,
  findOwnedLine,
  insertAlias,
  insertIdentity,
  isConnected,
  listAllLines,
  listOwnedLines,
  lockLine,
  moveIdentities,
  saveConnected,
} from "./store/owned-lines";

// Who owns which line. A number is one garage's: its row is the owner, and whoever changes it holds the row.

/** A garage's lines, connected or not, voice first. For the system only. */
export async function linesOf(ctx: Ctx, orgId: string): Promise<OwnedLine[]> {
  requireSystem(ctx.actor);
  return listOwnedLines(orgId);
}

/** Every line of every garage. For the system only. */
export async function everyLine(ctx: Ctx): Promise<OwnedLine[]> {
  requireSystem(ctx.actor);
  return listAllLines();
}

/** The line as it stands, held until `tx` ends; undefined where nobody has it. For the system only. */
export async function holdLine(ctx: Ctx, tx: Queryable, key: LineKey): Promise<OwnedLine | undefined> {
  requireSystem(ctx.actor);
  await lockLine(tx, key);
  return findOwnedLine(key, tx);
}

export type NewLine = LineKey & {
  readonly orgId: string;
  readonly providerId: string | null;
  readonly number: string | null;
  readonly accountId: string | null;
};

/** Assigns a line that nobody has, within `tx`; else says whose an identity of it is. For the system only. */
export async function assignLine(
  ctx: Ctx,
  tx: Queryable,
  line: NewLine,
): Promise<{ kind: "assigned" } | { kind: "taken"; by: OwnedLine | undefined; identity: string }> {
  requireSystem(ctx.actor);
  const { providerId, identity, ...rest } = line;
  const at = ctx.now();
  const rows = [
    { ...rest, identity, aliasOf: null, at },
    ...(providerId === null ? [] : [{ ...rest, identity: providerId, aliasOf: identity, at }]),
  ];
  for (const row of rows) {
    if (await insertIdentity(tx, row)) continue;
    return { kind: "taken", by: await findOwnedLine(row, tx), identity: row.identity };
  }
  return { kind: "assigned" };
}

/** Gives a held line to another garage, which has to connect it. For the system only. */
export async function giveLine(ctx: Ctx, tx: Queryable, key: LineKey, to: string): Promise<void> {
  requireSystem(ctx.actor);
  await moveIdentities(tx, key, to, ctx.now());
}

/** Takes a held line from its garage. For the system only. */
export async function removeLine(ctx: Ctx, tx: Queryable, key: LineKey): Promise<void> {
  requireSystem(ctx.actor);
  await deleteLine(tx, key);
}

/** A held line serves its garage from now on, or no longer. For the system only. */
export async function setConnected(ctx: Ctx, tx: Queryable, key: LineKey, connected: boolean): Promise<void> {
  requireSystem(ctx.actor);
  await saveConnected(tx, key, connected ? ctx.now() : null);
}

/**
 * Keeps what the provider calls a line, so that it is known by that too and calls can be made from it; nothing happens where
 * some line is called so already. For the system only.
 */
export async function nameLine(ctx: Ctx, key: LineKey, providerId: string): Promise<void> {
  requireSystem(ctx.actor);
  await insertAlias(key, providerId);
}

/** Whether a garage may send from this number of ours. */
export const maySendFrom = (tx: Queryable, orgId: string, key: LineKey): Promise<boolean> =>
  isConnected(tx, orgId, key);
