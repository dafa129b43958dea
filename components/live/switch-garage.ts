"use client";

import { ApiError, sendApi, WENT_WRONG } from "@/components/layout/api";

/** This browser acts for another garage of its user from now on. Returns why not, in words; undefined where it does. */
export async function switchGarage(orgId: string): Promise<string | undefined> {
  try {
    await sendApi("/api/auth/organization/set-active", { organizationId: orgId });
    return undefined;
  } catch (error) {
    return error instanceof ApiError ? error.message : WENT_WRONG;
  }
}
