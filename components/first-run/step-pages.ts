import type { Route } from "next";
import type { FirstStepDto } from "@/lib/first-run/client";

/** Where each step is done. */
export const STEP_PAGE: Readonly<Record<FirstStepDto["key"], Route>> = {
  garage: "/settings/garage" as Route,
  persona: "/settings/persona" as Route,
  "test-call": "/settings/persona#test-call-title" as Route,
  team: "/settings/team" as Route,
};
