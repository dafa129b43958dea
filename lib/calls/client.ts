import { queryOptions } from "@tanstack/react-query";
import type { ATTEMPT_OUTCOMES } from "./attempt-outcomes";
import type { CallBackDto, CallBacksDto } from "./call-backs";
import { type CallFilter, type CallsAsked, readCallsAsked, writeCallsAsked } from "./calls-asked";
import type { AnsweringDto } from "./get-answering";
import type { FiguresDto, VoiceSummaryDto } from "./get-summary";
import type { CallDetailDto, CallDto, CallPageDto } from "./list-calls";
import type { StartedTestCall, TestCallDto, TestCallsDto } from "./start-test-call";

export type {
  CallBackDto,
  CallBacksDto,
  CallDetailDto,
  CallDto,
  CallFilter,
  CallPageDto,
  CallsAsked,
  FiguresDto,
  StartedTestCall,
  TestCallDto,
  VoiceSummaryDto,
};
export type LiveCallsDto = { readonly calls: readonly CallDto[] };
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];
export type Turn = NonNullable<CallDetailDto["dialogue"]>[number];
type MembersDto = { readonly members: readonly { readonly id: string; readonly name: string }[] };

/** Of the call log. */
export const PAGE_SIZE = 50;

/** No event tells that a call has lasted too long to go on: while one goes on, it is asked each minute. */
const GOING_ON_MS = 60_000;
export const goesOn = ({ status }: Pick<CallDto, "status">): boolean =>
  status !== "ended" && status !== "end-unknown";

export const liveCallsQuery = () =>
  queryOptions<LiveCallsDto>({
    queryKey: ["voice", "live"],
    refetchInterval: ({ state }) => (state.data?.calls.some(goesOn) ? GOING_ON_MS : false),
  });

/** The address of a page of the call log; the page after `cursor`, else the first. */
export const callsPath = (asked: CallsAsked, cursor?: string): string =>
  `/api/voice/calls${writeCallsAsked({ ...asked, cursor })}`;

/** The address of the latest calls in which a number (E.164) occurs. */
export const callsWithPath = (number: string, limit: number): string =>
  `${callsPath({ search: number })}&limit=${limit}`;

/** The key of the call log as it is filtered and searched; its pages are read by `callsPath`. */
export const callsKey = (asked: CallsAsked) => ["voice", "calls", writeCallsAsked(asked)] as const;

export const readAsked = readCallsAsked;

export const callQuery = (id: string) => queryOptions<CallDetailDto>({ queryKey: ["voice", "calls", id] });

export const callBacksQuery = () => queryOptions<CallBacksDto>({ queryKey: ["voice", "call-backs"] });

/** Who can be given a call-back. */
export const voiceMembersQuery = () =>
  queryOptions<MembersDto>({ queryKey: ["voice", "members"], staleTime: 300_000 });

/** At midnight no event tells that today is another day. */
const SUMMARY_MS = 300_000;

export const summaryQuery = () =>
  queryOptions<VoiceSummaryDto>({ queryKey: ["voice", "summary"], refetchInterval: SUMMARY_MS });

/** The gate's own answer, never older than this. */
const ANSWERING_MS = 15_000;

export const answeringQuery = () =>
  queryOptions<AnsweringDto>({ queryKey: ["voice", "answering"], refetchInterval: ANSWERING_MS });

/** The latest test call, what customers would hear now, and how the line to ring from stands. */
export const testCallQuery = () =>
  queryOptions<TestCallsDto>({ queryKey: ["settings", "persona", "test-call"] });

/** Where a call-back is changed: itself (done or not), who looks after it, what became of an attempt. */
export const callBackPath = (id: string, part: "" | "/assign" | "/attempts" = ""): string =>
  `/api/voice/call-backs/${id}${part}`;

export const undoPath = (id: string, attemptId: string): string =>
  `/api/voice/call-backs/${id}/attempts/${attemptId}/undo`;
