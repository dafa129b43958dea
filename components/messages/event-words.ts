import type { EventDto } from "@/lib/inbox/client";
import { formatMoment } from "@/lib/shared/format";

/** A name in a sentence, kept apart from the direction of the words around it. */
const isolated = (name: string): string => `\u2068${name}\u2069`;

/** What was done, as the signed-in member reads it: "Pat assigned this to you". */
export function eventText({ kind, by, to, until }: EventDto, userId: string, now: Date): string {
  const who = by === null ? null : by.id === userId ? "You" : isolated(by.name);
  switch (kind) {
    case "note":
      return "Internal note";
    case "assigned":
      return `${who ?? "Somebody"} ${assignedTo(by, to, userId)}`;
    case "done":
      return `${who ?? "Somebody"} marked this as done`;
    case "reopened":
      return who === null ? "Opened again by a new message" : `${who} reopened this`;
    case "snoozed":
      return `${who ?? "Somebody"} snoozed this until ${until === null ? "later" : formatMoment(until, now)}`;
    case "snooze_over":
      return "The snooze is over";
    case "taken_over":
      return `${who ?? "Somebody"} took over from the AI`;
    case "handed_back":
      return who === null ? "Handed back to the AI" : `${who} handed this back to the AI`;
  }
}

function assignedTo(by: EventDto["by"], to: EventDto["to"], userId: string): string {
  if (to === null) return "unassigned this";
  if (to.id === by?.id) return `assigned this to ${to.id === userId ? "yourself" : "themselves"}`;
  return `assigned this to ${to.id === userId ? "you" : isolated(to.name)}`;
}
