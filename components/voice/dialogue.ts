import type { Turn } from "@/lib/calls/client";

export type DialogueLine = {
  readonly key: number;
  /** Null: nobody knows who said it. */
  readonly by: Turn["by"] | null;
  readonly text: string;
  readonly tool?: string;
  /** Since the call began; null where it is not known. */
  readonly second: number | null;
};

const SPOKEN = /^(AI|Bot|Assistant|User|Customer|Caller):\s*(.*)$/i;
const MACHINE = /^(ai|bot|assistant)$/i;

/** A transcript as turns: lines begin with `AI:` or `User:`, any other goes on with the turn before it. */
export function readTranscript(transcript: string): DialogueLine[] {
  const turns: DialogueLine[] = [];
  for (const line of transcript.split(/\r?\n/).filter((one) => one.trim() !== "")) {
    const [, who, said = ""] = SPOKEN.exec(line) ?? [];
    const last = turns.at(-1);
    if (who !== undefined)
      turns.push({ key: turns.length, by: MACHINE.test(who) ? "ai" : "caller", text: said, second: null });
    else if (last) turns[turns.length - 1] = { ...last, text: `${last.text}\n${line}` };
    else turns.push({ key: 0, by: null, text: line, second: null });
  }
  return turns;
}

/** What was said on a call: as the provider told it turn by turn, else from its text. */
export function dialogueOf(call: {
  readonly dialogue: readonly Turn[] | null;
  readonly transcript: string | null;
}): readonly DialogueLine[] {
  const { dialogue, transcript } = call;
  if (dialogue && dialogue.length > 0) return dialogue.map((turn, key) => ({ key, ...turn }));
  return transcript ? readTranscript(transcript) : [];
}

const TOOL: Readonly<Record<string, string>> = {
  book_appointment: "Booking",
  work_order_status: "Work order",
  customer_lookup: "Customer record",
  transferCall: "Transfer",
  endCall: "Ended the call",
};

/** What the AI used, in words: a tool that is not ours by its own name. */
export const toolName = (tool: string): string =>
  Object.hasOwn(TOOL, tool) ? (TOOL[tool] ?? tool) : tool.replaceAll(/[-_]+/g, " ");

/** "0:05", "12:40" */
export const clockOf = (second: number): string =>
  `${Math.floor(second / 60)}:${String(second % 60).padStart(2, "0")}`;
