import type { CustomerDto } from "@/lib/inbox/client";
import { dayKey, formatDate, formatMoment } from "@/lib/shared/format";

type WorkOrder = CustomerDto["vehicles"][number]["openWorkOrders"][number];

/** When the MOT is due (a day, "2026-12-03"), in words; overdue from the day after. */
export function motText(motDue: string, now: Date): { readonly text: string; readonly isOverdue: boolean } {
  const isOverdue = motDue < dayKey(now).split("/").reverse().join("-");
  const day = formatDate(motDue);
  return { text: isOverdue ? `MOT overdue since ${day}` : `MOT due ${day}`, isOverdue };
}

/** As it stands on a plate: "YK18 FHD". Any but today's kind stays as it is. */
export const plateText = (registration: string): string =>
  registration.replace(/^([A-Z]{2}\d{2})([A-Z]{3})$/, "$1 $2");

const STATUS: Readonly<Record<string, string>> = {
  booked: "Booked in",
  in_progress: "In progress",
  waiting_parts: "Waiting for parts",
  ready: "Ready to collect",
};

/** What a work order does: "In progress, ready 26 November, 16:00". */
export function workText({ status, readyAt }: WorkOrder, now: Date): string {
  const text = STATUS[status] ?? status.replaceAll("_", " ");
  if (readyAt === null) return text;
  const when = formatMoment(readyAt, now);
  return status === "ready" ? `${text} since ${when}` : `${text}, ready ${when}`;
}
