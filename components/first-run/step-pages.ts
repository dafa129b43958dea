import type { Route } from "next";
import type { FirstStepDto } from "@/lib/first-run/client";

const PAGES: Readonly<Record<FirstStepDto["key"], string>> = {
  garage: "/settings/garage",
  persona: "/settings/persona",
  "test-call": "/settings/persona#test-call-title",
  team: "/settings/team",
};

/** Where a step is done, or what has to be done first. */
export const pageOf = ({ key, first }: Pick<FirstStepDto, "key" | "first">): Route =>
  (first === "connect-line" ? "/settings/channels" : PAGES[key]) as Route;
