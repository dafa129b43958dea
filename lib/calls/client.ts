import { queryOptions } from "@tanstack/react-query";
import type { CallBackDto } from "./call-backs";
import type { AnsweringDto } from "./get-answering";
import type { CallDetailDto, CallDto } from "./list-calls";

export type { CallBackDto, CallDetailDto, CallDto };
export type CallsDto = { readonly calls: readonly CallDto[] };
export type CallBacksDto = { readonly callBacks: readonly CallBackDto[] };

export const CALL_LIMIT = 100;

/** No event tells that a call has lasted too long to go on: while one goes on, the list is read each minute. */
const GOING_ON_MS = 60_000;
const goesOn = ({ status }: CallDto): boolean => status !== "ended" && status !== "end-unknown";

export const callsQuery = () =>
  queryOptions<CallsDto>({
    queryKey: ["voice", `calls?limit=${CALL_LIMIT}`],
    refetchInterval: ({ state }) => (state.data?.calls.some(goesOn) ? GOING_ON_MS : false),
  });

export const callQuery = (id: string) => queryOptions<CallDetailDto>({ queryKey: ["voice", "calls", id] });

export const callBacksQuery = () => queryOptions<CallBacksDto>({ queryKey: ["voice", "call-backs"] });

/** The gate's own answer, never older than this. */
const ANSWERING_MS = 15_000;

export const answeringQuery = () =>
  queryOptions<AnsweringDto>({ queryKey: ["voice", "answering"], refetchInterval: ANSWERING_MS });

export const callBackPath = (id: string): string => `/api/voice/call-backs/${id}`;
