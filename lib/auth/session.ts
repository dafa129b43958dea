import { clientAddress, UNKNOWN_ADDRESS } from "@/lib/http/client-address";
import { businessClock, machineClock } from "@/lib/shared/clock";
import { env } from "@/lib/shared/env";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { logger } from "@/lib/shared/logger";
import { auth, SESSION_DAYS } from "./auth";
import type { Ctx, Member } from "./context";
import { actingIn } from "./memberships";
import { listMemberships } from "./store/members";
import { touchSession } from "./store/sessions";

export type MemberCtx = Ctx & { readonly actor: Member };

/** Who is signed in, whether they belong to a garage or not. */
export type SignedIn = {
  readonly sessionId: string;
  readonly userId: string;
  readonly email: string;
  /** Of Torqueflow's own staff. */
  readonly isSupport: boolean;
  /** The organisation that the session acts for, as far as it has been chosen. */
  readonly chosen: string | null;
};

const DAY_MS = 24 * 3_600_000;

/** A page asks for much at once: the time of a session's last use is right to so much. */
const NOTED_EVERY_MS = 5 * 60_000;

/** Undefined without a session, with one that is too old, and for the demo's accounts where customers are served. */
export async function signedIn(headers: Headers): Promise<SignedIn | undefined> {
  const found = await auth().api.getSession({ headers });
  if (!found) return undefined;
  const { session, user } = found;
  const endsAt = session.createdAt.getTime() + SESSION_DAYS * DAY_MS;
  if (endsAt < machineClock().getTime() || (user.demo && !env().TORQUEFLOW_DEMO)) return undefined;
  await noteUse({ id: session.id, lastUsedAt: session.lastUsedAt ?? session.createdAt }, headers);
  return {
    sessionId: session.id,
    userId: user.id,
    email: user.email,
    isSupport: user.platformRole === "support",
    chosen: session.activeOrganizationId ?? null,
  };
}

/** Keeps that a session is used, where its last use is older than five minutes; whether that works decides nothing. */
async function noteUse(
  { id, lastUsedAt }: { readonly id: string; readonly lastUsedAt: Date },
  headers: Headers,
): Promise<void> {
  const at = machineClock();
  if (at.getTime() - lastUsedAt.getTime() < NOTED_EVERY_MS) return;
  const address = clientAddress(headers);
  const use = {
    at,
    ipAddress: address === UNKNOWN_ADDRESS ? null : address,
    userAgent: headers.get("user-agent"),
  };
  await touchSession(id, use).catch((error: unknown) =>
    logger().warn({ err: error }, "the use of a session was not noted"),
  );
}

/**
 * The signed-in member behind a request. `organisation` is the one that the request was meant for, where it says so: a
 * page that shows one garage must not act for another that was chosen in another tab meanwhile.
 * Throws unauthenticated without a session, forbidden without an organisation, organisation_changed for another one.
 */
export async function memberContext(
  headers: Headers,
  organisation: string | null = null,
): Promise<MemberCtx> {
  const user = await signedIn(headers);
  if (!user) throw new AppError("unauthenticated", "Sign in to continue.");
  const acting = actingIn(await listMemberships(user.userId), user.chosen);
  if (!acting) throw new AppError("forbidden", "You belong to no garage.");
  if (organisation !== null && organisation !== acting.orgId)
    throw new AppError("organisation_changed", "You have switched to another garage. Reload this page.");
  return {
    actor: { kind: "member", userId: user.userId, ...acting },
    now: businessClock,
    newId,
    log: logger(),
  };
}
