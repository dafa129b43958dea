import type { Queryable } from "@/lib/db/pool";
import type { Ctx } from "./context";
import { LINKS, type LinkData, type LinkInput, type LinkKind } from "./link-kinds";
import { hashOf, newSecret } from "./secrets";
import { endLink, endLinks, findLink, insertLink, type LinkRow, lockLink } from "./store/links";

const HOUR_MS = 3_600_000;

export type NewLink<Kind extends LinkKind> = {
  readonly kind: Kind;
  /** Where it is sent. */
  readonly email: string;
  readonly orgId?: string;
  readonly userId?: string;
  /** The same for links of one intent, which are looked up together. */
  readonly groupId?: string;
  readonly data: LinkInput<Kind>;
};

export type Link<Kind extends LinkKind> = {
  readonly id: string;
  readonly email: string;
  readonly orgId: string | null;
  readonly userId: string | null;
  readonly groupId: string | null;
  readonly expiresAt: Date;
  readonly data: LinkData<Kind>;
};

/** Whether a link can be used, and why not. `unknown`: forged, mistyped, of another kind, or forgotten long ago. */
export type LinkState<Kind extends LinkKind> =
  | { readonly kind: "live"; readonly link: Link<Kind> }
  | { readonly kind: "expired"; readonly email: string; readonly link: Link<Kind> }
  | { readonly kind: "used" | "withdrawn"; readonly email: string }
  | { readonly kind: "unknown" };

/**
 * A new link, within the transaction that queues its letter: `token` stands in the letter alone, of which only the hash is
 * kept. A page gets it behind `#`, which no browser sends to a server: it is in no log and no referrer.
 */
export async function issueLink<Kind extends LinkKind>(
  ctx: Ctx,
  tx: Queryable,
  { kind, email, orgId, userId, groupId, data }: NewLink<Kind>,
): Promise<{ readonly id: string; readonly token: string; readonly expiresAt: Date }> {
  const { hours, data: shape } = LINKS[kind];
  const id = ctx.newId();
  const token = newSecret();
  const createdAt = ctx.now();
  const expiresAt = new Date(createdAt.getTime() + hours * HOUR_MS);
  await insertLink(tx, {
    id,
    tokenHash: hashOf(token),
    kind,
    email: email.toLowerCase(),
    orgId: orgId ?? null,
    userId: userId ?? null,
    groupId: groupId ?? null,
    data: shape.parse(data),
    createdAt,
    expiresAt,
  });
  return { id, token, expiresAt };
}

/** How a link stands. Changes nothing: scanners of mail open links, too. */
export async function peekLink<Kind extends LinkKind>(
  ctx: Ctx,
  kind: Kind,
  token: string,
): Promise<LinkState<Kind>> {
  return stateOf(ctx, kind, await findLink(kind, hashOf(token)));
}

/**
 * Uses a link, within the transaction of its effect: of several at once, one finds it live, and the others wait for its
 * commit and find it used. Whatever is not live has to leave everything as it is.
 */
export async function takeLink<Kind extends LinkKind>(
  ctx: Ctx,
  tx: Queryable,
  kind: Kind,
  token: string,
): Promise<LinkState<Kind>> {
  const state = stateOf(ctx, kind, await lockLink(tx, kind, hashOf(token)));
  if (state.kind === "live") await endLink(tx, state.link.id, "used", ctx.now());
  return state;
}

/** Which links shall not be usable any more: those of one kind to an address, of a user or an organisation, or one. */
export type Withdrawn = { readonly kind: LinkKind } & (
  | { readonly email: string; readonly orgId?: string }
  | { readonly userId: string }
  | { readonly orgId: string }
  | { readonly id: string }
);

/** Ends links that were not used. Returns how many. */
export async function withdrawLinks(ctx: Ctx, tx: Queryable, which: Withdrawn): Promise<number> {
  const email = "email" in which ? { email: which.email.toLowerCase() } : {};
  return endLinks(tx, { ...which, ...email }, ctx.now());
}

function stateOf<Kind extends LinkKind>(ctx: Ctx, kind: Kind, row: LinkRow | undefined): LinkState<Kind> {
  if (!row) return { kind: "unknown" };
  const { id, email, orgId, userId, groupId, expiresAt, ended } = row;
  if (ended !== null) return { kind: ended, email };
  const data = LINKS[kind].data.parse(row.data) as LinkData<Kind>;
  const link = { id, email, orgId, userId, groupId, expiresAt, data };
  return expiresAt <= ctx.now() ? { kind: "expired", email, link } : { kind: "live", link };
}
