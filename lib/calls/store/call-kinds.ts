import type { CallFilter } from "../calls-asked";

/** A call `c` with how it started, `i`: null where that was never stored. */
export const CALL = `voice_call AS c LEFT JOIN interaction AS i
  ON i.org_id = c.org_id AND i.channel = 'voice' AND i.provider_ref = c.provider_call_id`;

/** It rang, and nobody was spoken to. */
const IS_MISSED = `(c.status = 'ended' AND c.duration_seconds = 0)`;

/** The AI handed it on to a person. */
export const IS_FORWARDED = `(c.status = 'forwarding' OR c.ended_reason LIKE '%forward%')`;

/** How a call was answered: each call counts as one of these, in the log's filters and in the summary alike. */
export const ANSWER = `CASE WHEN ${IS_MISSED} THEN 'missed'::text WHEN i.is_fallback THEN 'fallback'::text
  WHEN i.mode = 'degraded' THEN 'message-taker'::text ELSE 'full'::text END`;

/** Each names what it looks for plainly, so that the index of what was not answered in full serves the rare ones. */
export const WHERE_FILTER: Readonly<Record<CallFilter, string>> = {
  full: `i.is_fallback IS NOT TRUE AND i.mode IS DISTINCT FROM 'degraded' AND ${IS_MISSED} IS NOT TRUE`,
  "message-taker": `i.mode = 'degraded' AND NOT i.is_fallback AND ${IS_MISSED} IS NOT TRUE`,
  fallback: `i.is_fallback AND ${IS_MISSED} IS NOT TRUE`,
  missed: `(${IS_MISSED} OR ${IS_FORWARDED})`,
  "call-back": `EXISTS (SELECT FROM call_back AS b WHERE b.org_id = c.org_id AND b.provider_call_id = c.provider_call_id)`,
};
