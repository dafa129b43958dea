import { queryOptions } from "@tanstack/react-query";
import type { FirstRunDto } from "./get-first-run";

export type { FirstRunDto };
export type FirstStepDto = FirstRunDto["steps"][number];

/** No event tells of everything that may finish a step. */
const WHILE_SHOWN_MS = 10_000;

export const firstRunQuery = () =>
  queryOptions<FirstRunDto>({
    queryKey: ["first-run"],
    refetchOnMount: "always",
    refetchInterval: ({ state }) => (state.data?.show ? WHILE_SHOWN_MS : false),
  });

/** Where the steps are dismissed (POST). */
export const DISMISS_PATH = "/api/first-run/dismiss";
