import { queryOptions } from "@tanstack/react-query";
import type { CallBacksWaitingDto } from "./call-backs";

/** How many wait to be rung back. Every page asks it. */
export const callBacksWaitingQuery = () =>
  queryOptions<CallBacksWaitingDto>({ queryKey: ["voice", "waiting"] });
