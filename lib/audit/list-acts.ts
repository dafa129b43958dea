import { type Ctx, requireMember } from "@/lib/auth/context";
import { readCursor, writeCursor } from "@/lib/db/moment-cursor";
import { AppError } from "@/lib/shared/errors";
import { ACT_KINDS, type ActKind, kindOf, UNSHOWN_ACTIONS } from "./core/act-kinds";
import { type SaidAct, sayAct } from "./core/say-act";
import { sayLine } from "./say-line";
import { type LoggedAct, readActors, readActs } from "./store/act-log";

/** One line of the audit log: after `by` follows `text`, and below it what was changed. */
export type ActDto = SaidAct & {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  /** Null for what a newer version has written. */
  readonly kind: ActKind | null;
};

export type AuditDto = {
  readonly acts: readonly ActDto[];
  readonly nextCursor: string | null;
  /** Whose acts there are, with the first page; `id` is what `person` is asked by. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
};

export type AuditAsked = {
  /** A user id, or "support". */
  readonly person?: string | undefined;
  readonly kind?: ActKind | undefined;
  /** London days, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
};

const PAGE = 50;
const MAX_LIMIT = 200;

/** Who changed what, latest first, by pages. Needs `audit.view`. Throws invalid_input for a cursor that is none of ours. */
export async function listActs(ctx: Ctx, orgId: string, asked: AuditAsked = {}): Promise<AuditDto> {
  requireMember(ctx.actor, orgId, "audit.view");
  const { person, kind, from, to, cursor } = asked;
  const limit = Math.min(Math.max(1, asked.limit ?? PAGE), MAX_LIMIT);
  const after = cursor === undefined ? undefined : readCursor(cursor);
  if (after === null) throw new AppError("invalid_input", "Check cursor.", { field: "cursor" });
  const [rows, people] = await Promise.all([
    readActs(orgId, {
      ...{ after, person, from, to, without: UNSHOWN_ACTIONS },
      areas: kind && ACT_KINDS[kind],
      limit: limit + 1,
    }),
    cursor === undefined ? peopleOf(orgId) : [],
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    acts: shown.map(toAct),
    nextCursor: rows.length > limit && last ? writeCursor(last) : null,
    people,
  };
}

const toAct = (act: LoggedAct): ActDto => ({
  id: act.id,
  at: act.at.toISOString(),
  by: whoIs(act),
  kind: kindOf(act.action),
  ...sayAct({ ...act, line: sayLine(act) }),
});

/** Nobody of Torqueflow's is named to a garage. */
const SUPPORT = "Torqueflow support";

function whoIs({ actor, name }: { readonly actor: string; readonly name: string | null }): string {
  if (actor.startsWith("support:")) return SUPPORT;
  if (actor === "system:stripe") return "Stripe";
  if (!actor.startsWith("member:")) return "Torqueflow";
  return name ?? "Somebody who has left";
}

async function peopleOf(orgId: string): Promise<{ id: string; name: string }[]> {
  const actors = await readActors(orgId, UNSHOWN_ACTIONS);
  const members = actors.flatMap(({ actor, name }) =>
    actor.startsWith("member:") ? [{ id: actor.slice("member:".length), name: whoIs({ actor, name }) }] : [],
  );
  const isSupport = actors.some(({ actor }) => actor.startsWith("support:"));
  return isSupport ? [...members, { id: "support", name: SUPPORT }] : members;
}
