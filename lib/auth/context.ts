import { businessClock, type Clock } from "@/lib/shared/clock";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { type Log, logger } from "@/lib/shared/logger";
import { type Permission, ROLE_PERMISSIONS, type Role } from "./permissions";

/** A user in one organisation. */
export type Member = {
  readonly kind: "member";
  readonly userId: string;
  readonly orgId: string;
  readonly role: Role;
};

/** Torqueflow's support staff. */
export type Support = { readonly kind: "support"; readonly userId: string };

/** A job, a webhook, or the carrying out of what a person decided, who is then named (`asSystem`). */
export type System = { readonly kind: "system"; readonly name: string; readonly onBehalfOf?: string };

export type Actor = Member | Support | System;

/** What every verb gets first: who acts, the time, new ids, and the log. */
export type Ctx = {
  readonly actor: Actor;
  readonly now: Clock;
  readonly newId: () => string;
  readonly log: Log;
};

/**
 * The member of this organisation with this permission (null: any of its members). Throws forbidden for anybody else, and not_found for a member
 * of another organisation, who must not learn that this one exists.
 */
export function requireMember(actor: Actor, orgId: string, permission: Permission | null): Member {
  if (actor.kind !== "member")
    throw new AppError("forbidden", "Only a member of the organisation can do this.");
  if (actor.orgId !== orgId) throw new AppError("not_found", "Not found.");
  if (permission !== null && !ROLE_PERMISSIONS[actor.role].includes(permission)) {
    throw new AppError("forbidden", "You do not have permission to do this.");
  }
  return actor;
}

/** For what Torqueflow's staff decide: gifts, adjustments, freezing, packs, the state of a subscription. */
export function requireSupport(actor: Actor): Support {
  if (actor.kind !== "support") throw new AppError("forbidden", "Only Torqueflow support can do this.");
  return actor;
}

/** For what no person does by hand: posting to the ledger, jobs, webhooks. */
export function requireSystem(actor: Actor): System {
  if (actor.kind !== "system") throw new AppError("forbidden", "Only the system itself can do this.");
  return actor;
}

/** The system, carrying out what `ctx`'s actor decided; the ledger names that actor. */
export function asSystem(ctx: Ctx, name: string): Ctx {
  if (ctx.actor.kind === "system") return ctx;
  return { ...ctx, actor: { kind: "system", name, onBehalfOf: actorName(ctx.actor) } };
}

/** The system, carrying out what somebody asked for who has shown by a mailed link that they are this user. */
export function onBehalfOf(ctx: Ctx, name: string, userId: string): Ctx {
  return { ...ctx, actor: { kind: "system", name, onBehalfOf: `member:${userId}` } };
}

/** How an actor stands in the ledger and the audit. */
export function actorName(actor: Actor): string {
  if (actor.kind !== "system") return `${actor.kind}:${actor.userId}`;
  return actor.onBehalfOf ?? `system:${actor.name}`;
}

/** The context of a job or a webhook. */
export function systemContext(name: string, overrides: Partial<Ctx> = {}): Ctx {
  return { actor: { kind: "system", name }, now: businessClock, newId, log: logger(), ...overrides };
}

/** The context of a member of Torqueflow's staff, or of the command line ("cli"). */
export function supportContext(userId: string, overrides: Partial<Ctx> = {}): Ctx {
  return { actor: { kind: "support", userId }, now: businessClock, newId, log: logger(), ...overrides };
}
