"use client";

import { ApiError, organisationShown, readApi } from "@/components/layout/api";
import type { Access } from "@/lib/auth/get-access";
import type { Garage } from "@/lib/auth/memberships";
import { signInAgain } from "./sign-out";

/** How a page stands to what its session may do now. */
export type Standing =
  /** It shows what the session acts for. */
  | { readonly kind: "current"; readonly access: Access }
  /** Its reader has another role than the one it was made for. */
  | { readonly kind: "role-changed" }
  /** Another garage was chosen in another tab. */
  | { readonly kind: "elsewhere"; readonly access: Access }
  /** Its reader is not in the garage's team any more. */
  | { readonly kind: "left"; readonly access: Access };

/** Where a page that shows `orgId` to a `role` stands. */
export function standingOf(shown: { orgId: string; role: string }, access: Access): Standing {
  if (access.acting?.orgId === shown.orgId)
    return access.acting.role === shown.role ? { kind: "current", access } : { kind: "role-changed" };
  const belongs = access.garages.some(({ orgId }) => orgId === shown.orgId);
  return { kind: belongs ? "elsewhere" : "left", access };
}

/** What a page does about where it stands. */
export type Step = "stay" | "refresh" | "reload" | "choose" | "leave" | "no-garage";

/**
 * Only a page whose own garage the session acts for is rendered again: the server renders for no other garage than that.
 * `isHeldBack`: it has rendered something for another garage meanwhile, which was not shown.
 */
export function stepFor(
  standing: Standing,
  page: { readonly garages: readonly Garage[]; readonly isHeldBack: boolean },
): Step {
  switch (standing.kind) {
    case "current":
      return page.isHeldBack || namesOf(standing.access.garages) !== namesOf(page.garages)
        ? "refresh"
        : "stay";
    case "role-changed":
      return "reload";
    case "elsewhere":
      return "choose";
    case "left":
      return standing.access.acting === null ? "no-garage" : "leave";
  }
}

const namesOf = (garages: readonly Garage[]): string =>
  JSON.stringify(garages.map(({ orgId, name }) => [orgId, name]));

let heldBack = false;

/** Something was rendered for another garage, and is not shown. */
export const noteHeldBack = (): void => {
  heldBack = true;
};

/** Whether something was held back since this was asked last. */
export function takeHeldBack(): boolean {
  const was = heldBack;
  heldBack = false;
  return was;
}

let tell: ((standing: Standing) => void) | undefined;
let asking: "no" | "yes" | "and again" = "no";

/** Calls `listener` whenever the page has asked what it may still show. Returns what ends it. */
export function followAccess(listener: (standing: Standing) => void): () => void {
  tell = listener;
  return () => {
    if (tell === listener) tell = undefined;
  };
}

/** Asks what this page may still show: its access has changed, or a request of it was refused. Without a session it leads to sign-in. */
export function askAccess(): void {
  if (asking === "no") void ask();
  // What is being read may be older than this change.
  else asking = "and again";
}

async function ask(): Promise<void> {
  do {
    asking = "yes";
    try {
      const access = await readApi<Access>("/api/access");
      const role = document.querySelector<HTMLElement>("[data-role]")?.dataset.role ?? "";
      tell?.(standingOf({ orgId: organisationShown(), role }, access));
    } catch (error) {
      // Whatever else went wrong says nothing about rights: the next refusal, or event, asks again.
      if (error instanceof ApiError && error.status === 401) signInAgain();
    }
  } while (again());
  asking = "no";
}

const again = (): boolean => asking === "and again";
