import { recordChange } from "@/lib/audit/record-change";
import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { londonDay } from "@/lib/shared/london-time";
import { tidyPhone } from "@/lib/shared/phone-number";
import { visibleName } from "@/lib/shared/visible-text";
import { changedMeanwhile } from "./changed-meanwhile";
import {
  checkClosure,
  checkPhone,
  checkService,
  checkWeek,
  MAX_CLOSURES,
  MAX_SERVICES,
  type Problem,
  readPortal,
} from "./check-garage";
import { type Closure, closuresFrom, sayClosures, WEEK, type WeekHours } from "./core/opening-hours";
import { garageChanged } from "./garage-changed";
import { readHours, sayGarageHours } from "./garage-hours";
import { checkGarageName } from "./garage-name";
import { isSpecialNumber } from "./is-special-number";
import { lockProfile, type NewProfile, readProfile, type StoredProfile, saveProfile } from "./store/settings";

/** What a garage says of itself, as its owners see and change it. */
export type GarageSettings = {
  readonly name: string;
  /** As it is written; empty where there is none. */
  readonly phone: string;
  readonly portalUrl: string;
  /** Null where the garage has never said. */
  readonly week: WeekHours | null;
  /** Those that are not over, by their beginning. */
  readonly closures: readonly Closure[];
  readonly services: readonly string[];
  /** How the hours were written before they had a structure, where that could not be read. */
  readonly hoursAsWritten: string | null;
  readonly version: number;
};

export type GarageInput = Omit<GarageSettings, "hoursAsWritten">;

/** Needs `settings.manage`. */
export async function getGarageSettings(ctx: Ctx, orgId: string): Promise<GarageSettings> {
  requireMember(ctx.actor, orgId, "settings.manage");
  return toSettings(ctx, existing(await readProfile(orgId)));
}

/**
 * Changes what a garage says of itself, whole, and everything that customers see with it. Needs `settings.manage`. Throws
 * invalid_input with the field at fault (`week.mon`, `closures.0.from`, `services.2`), and conflict where somebody has changed it
 * since the version that was read.
 */
export async function saveGarageSettings(
  ctx: Ctx,
  orgId: string,
  input: GarageInput,
): Promise<GarageSettings> {
  requireMember(ctx.actor, orgId, "settings.manage");
  const saved = await inTransaction(async (tx) => {
    const before = existing(await lockProfile(tx, orgId));
    if (before.version !== input.version) throw changedMeanwhile();
    const profile = readInput(input, before, londonDay(ctx.now()));
    // Until somebody says the hours, those that were written once go on being told.
    const after = profile.week ? profile : { ...profile, written: before.hours };
    await saveProfile(tx, orgId, after);
    const stored = existing(await lockProfile(tx, orgId));
    await recordChange(ctx, tx, {
      orgId,
      action: "garage/changed",
      before: factsOf(ctx, before),
      after: factsOf(ctx, stored),
    });
    return stored;
  });
  garageChanged(orgId);
  return toSettings(ctx, saved);
}

function existing(profile: StoredProfile | undefined): StoredProfile {
  if (!profile) throw new AppError("not_found", "Not found.");
  return profile;
}

function toSettings(ctx: Ctx, profile: StoredProfile): GarageSettings {
  const { week, closures, written } = readHours(profile);
  return {
    name: profile.name,
    phone: profile.phone ?? "",
    portalUrl: profile.portalUrl ?? "",
    week,
    closures: closuresFrom(closures, londonDay(ctx.now())),
    services: profile.services,
    hoursAsWritten: written,
    version: profile.version,
  };
}

/** For the audit: what customers were told. */
function factsOf(ctx: Ctx, profile: StoredProfile) {
  const hours = readHours(profile);
  return {
    name: profile.name,
    phone: profile.phone,
    portal: profile.portalUrl,
    services: profile.services.join(", "),
    hours: sayGarageHours({ ...hours, closures: [] }, ctx.now()) ?? null,
    closures: sayClosures(hours.closures, londonDay(ctx.now())) || null,
  };
}

function readInput(input: GarageInput, before: StoredProfile, today: string): NewProfile {
  refuse("name", checkGarageName(input.name, before.name));
  refuse("phone", checkPhone(input.phone));
  const phone = tidyPhone(input.phone);
  if (phone && isSpecialNumber(phone.e164))
    refuse("phone", "Premium-rate and special numbers can’t be given to customers: enter an ordinary one.");
  const portal = readPortal(input.portalUrl);
  if ("problem" in portal) refuse("portalUrl", portal.problem);
  if (input.week) {
    const problems = checkWeek(input.week);
    for (const weekday of WEEK) refuse(`week.${weekday}`, problems[weekday]);
  }
  return {
    name: visibleName(input.name) ?? "",
    phone: phone?.text ?? null,
    portalUrl: "url" in portal && portal.url !== "" ? portal.url : null,
    services: readServices(input.services),
    week: input.week,
    closures: readClosures(input.closures, today),
    written: null,
  };
}

function readServices(services: readonly string[]): string[] {
  if (services.length > MAX_SERVICES) refuse("services", `At most ${MAX_SERVICES} services.`);
  for (const [nth, service] of services.entries())
    refuse(`services.${nth}`, checkService(service, services.slice(0, nth)));
  return services.map((service) => visibleName(service) ?? "");
}

function readClosures(closures: readonly Closure[], today: string): Closure[] {
  if (closures.length > MAX_CLOSURES) refuse("closures", `At most ${MAX_CLOSURES} closures.`);
  for (const [nth, closure] of closures.entries()) {
    const wrong = checkClosure(closure, today);
    if (wrong) refuse(`closures.${nth}.${wrong.part}`, wrong.problem);
  }
  const named = closures.map(({ from, to, name }) => ({ from, to, name: visibleName(name) ?? "" }));
  return closuresFrom(named, today);
}

function refuse(field: string, problem: Problem): void {
  if (problem !== undefined) throw new AppError("invalid_input", problem, { field });
}
