import type { StartInput } from "@/lib/credits/interaction";
import type { StartsBeside } from "@/lib/credits/start-beside";
import { arrayLiteral, type Literal } from "@/lib/db/array-literal";
import { pool, preparedName } from "@/lib/db/pool";
import { MOVE_ON } from "./voice-calls";

/** A call that rings, with how it starts; `id` is its own in the call log. */
export type RingingCall = StartInput & {
  readonly id: string;
  readonly createdAt: Date;
  readonly callerNumber: string | undefined;
  readonly callerName: string | undefined;
};

/** Opens calls in the call log, in the statement that stores how they start. In the order of their keys, as reports are. */
export const openCalls: StartsBeside<RingingCall> = async (starting, calls) => {
  const first = starting.values.length;
  const column = (pick: (call: RingingCall) => Literal): string => arrayLiteral(calls, pick);
  const { rows } = await pool().query<{ ord: bigint }>({
    ...preparedName("open_calls"),
    text: `WITH started AS (SELECT * FROM ${starting.rows}),
      opened AS (
        INSERT INTO voice_call AS c (org_id, id, provider_call_id, status, created_at, caller_number, caller_name)
        SELECT given.org_id, given.id, given.call_id, 'ringing', given.created_at, given.caller_number, given.caller_name
        FROM unnest($${first + 1}::uuid[], $${first + 2}::uuid[], $${first + 3}::text[], $${first + 4}::timestamptz[],
                    $${first + 5}::text[], $${first + 6}::text[]) WITH ORDINALITY
             AS given (org_id, id, call_id, created_at, caller_number, caller_name, ord)
        JOIN started USING (ord)
        ORDER BY given.org_id, given.call_id ${MOVE_ON})
      SELECT * FROM started`,
    values: [
      ...starting.values,
      column((call) => call.orgId),
      column((call) => call.id),
      column((call) => call.providerRef),
      column((call) => call.createdAt),
      column((call) => call.callerNumber),
      column((call) => call.callerName),
    ],
  });
  const found = new Map(rows.map((row) => [Number(row.ord), starting.read(row)]));
  return calls.map((_, index) => found.get(index + 1) ?? { kind: "no_account" });
};
