import type { DegradationReason } from "@/lib/credits/core/decide-gate";
import { pool } from "@/lib/db/pool";
import type { Place, View } from "../core/conversation-page";
import { CONVERSATION_CHANNELS, type ConversationChannel } from "../core/message";
import { CONVERSATION, type ConversationRow, type Reading } from "./conversation-list";
import { type Found, matching } from "./conversation-search";
import { type Arguments, argumentsFrom } from "./sql-arguments";
import { BEGUN } from "./visible";

/** Which page of which list. `after`: the last place of the page before; `found`: what is searched for, in every state. */
export type PageAsked = Reading & {
  readonly now: Date;
  readonly view: View;
  readonly channel?: ConversationChannel | undefined;
  readonly reason?: DegradationReason | undefined;
  readonly found?: Found | undefined;
  readonly after?: Place | undefined;
  readonly limit: number;
};

export type ListedRow = ConversationRow & Pick<Place, "sortedAt">;

const ORDER = "ORDER BY c.needs_attention DESC, c.last_message_at DESC, c.id DESC";

const open = ({ now }: Pick<PageAsked, "now">, arg: Arguments["arg"]): string =>
  `c.done_at IS NULL AND (c.snoozed_until IS NULL OR c.snoozed_until <= ${arg(now)})`;

/** The conditions of each view. What two indexes answer, each in its order, is two conditions. */
const CONDITIONS: Readonly<Record<View, (asked: PageAsked, arg: Arguments["arg"]) => readonly string[]>> = {
  open: (asked, arg) => [open(asked, arg)],
  mine: (asked, arg) => [
    `c.assigned_to = ${arg(asked.readerId)} AND ${open(asked, arg)}`,
    `c.held_by = ${arg(asked.readerId)} AND ${open(asked, arg)}`,
  ],
  unassigned: (asked, arg) => [`c.assigned_to IS NULL AND c.held_by IS NULL AND ${open(asked, arg)}`],
  attention: (asked, arg) => [`c.needs_attention AND ${open(asked, arg)}`],
  done: () => ["c.done_at IS NOT NULL"],
  snoozed: ({ now }, arg) => [`c.snoozed_until > ${arg(now)}`],
};

/** These views have an index for each channel; the others are short, or one index has all channels in order. */
const BY_CHANNEL: ReadonlySet<View> = new Set(["open", "unassigned", "attention", "done"]);

/** A page of an organisation's conversations in their order, read from the index of the view. */
export async function readPage(asked: PageAsked): Promise<ListedRow[]> {
  const { arg, values } = argumentsFrom([asked.orgId, asked.readerId]);
  const { rows } = await pool().query<ListedRow>(
    `${CONVERSATION(`, c.last_message_at AS "sortedAt"`)} AND c.id IN (
       SELECT c.id FROM (${lanesOf(asked, arg).join(" UNION ")}) AS c ${ORDER} LIMIT ${arg(asked.limit)}
     ) ${ORDER}`,
    values,
  );
  return rows;
}

/** Each lane is read from one index, in order and no further than a page: what is chosen is among their first. */
function lanesOf(asked: PageAsked, arg: Arguments["arg"]): string[] {
  const { found, channel, reason, after, limit } = asked;
  const from = after ?? {
    needsAttention: true,
    sortedAt: "infinity",
    id: "ffffffff-ffff-ffff-ffff-ffffffffffff",
  };
  const every = [
    "c.org_id = $1",
    `(c.needs_attention, c.last_message_at, c.id) < (${arg(from.needsAttention)}::boolean, ${arg(from.sortedAt)}::timestamptz, ${arg(from.id)}::uuid)`,
    ...(channel ? [`c.channel = ${arg(channel)}`] : []),
    ...(reason ? [`c.degraded_reason = ${arg(reason)}`] : []),
  ];
  const lane = (condition: string) =>
    `(SELECT c.id, c.needs_attention, c.last_message_at, c.last_inbound_at FROM conversation AS c
      WHERE ${[...every, condition, ...(found ? [] : [BEGUN])].join(" AND ")} ${ORDER} LIMIT ${arg(limit)})`;
  if (found) return [lane(matching(found, arg))];
  const conditions = CONDITIONS[asked.view](asked, arg);
  if (channel || reason || !BY_CHANNEL.has(asked.view)) return conditions.map(lane);
  return conditions.flatMap((condition) =>
    CONVERSATION_CHANNELS.map((each) => lane(`c.channel = ${arg(each)} AND ${condition}`)),
  );
}

/** How many conversations a view has, each counted up to a bound, and how many of the first open ones are unread. */
export type Counts = Readonly<Record<View | "unread", number>>;

type Counted = Reading & { readonly now: Date };

/** The conversations of a view; lanes of channels have nothing in common: counting ends with the first that is long enough. */
const rowsOf = (view: View, reading: Counted, most: number, arg: Arguments["arg"]): string =>
  lanesOf({ ...reading, view, limit: most }, arg).join(BY_CHANNEL.has(view) ? " UNION ALL " : " UNION ");

/** How many conversations one view of a reader has, up to `most`. */
export async function countView(
  { view, ...reading }: Counted & { readonly view: View },
  most: number,
): Promise<number> {
  const { arg, values } = argumentsFrom([reading.orgId]);
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT FROM (${rowsOf(view, reading, most, arg)}) AS c LIMIT ${arg(most)}) AS counted`,
    values,
  );
  return rows[0]?.count ?? 0;
}

/** Counts each view of a reader, and what they have not read of the first open conversations, up to `most`. */
export async function readCounts(reading: Counted, most: number): Promise<Counts> {
  const { arg, values } = argumentsFrom([reading.orgId]);
  const bound = arg(most);
  const rows = (view: View) => rowsOf(view, reading, most, arg);
  const count = (view: View) =>
    `(SELECT count(*)::int FROM (SELECT FROM (${rows(view)}) AS c LIMIT ${bound}) AS counted) AS ${view}`;
  const views = (Object.keys(CONDITIONS) as View[]).map(count);
  const unread = `(SELECT count(*)::int FROM (SELECT * FROM (${rows("open")}) AS c ${ORDER} LIMIT ${bound}) AS c
    LEFT JOIN conversation_read AS r ON r.org_id = $1 AND r.conversation_id = c.id AND r.user_id = ${arg(reading.readerId)}
    WHERE c.last_inbound_at > coalesce(r.read_to, '-infinity')) AS unread`;
  const { rows: found } = await pool().query<Counts>(`SELECT ${[...views, unread].join(", ")}`, values);
  if (!found[0]) throw new Error("counting answered nothing");
  return found[0];
}
