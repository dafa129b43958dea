import type { CallDto } from "@/lib/calls/client";
import { formatPhone } from "@/lib/shared/format";

/** The caller’s name, or their number, or "Withheld". */
export const callerOf = ({ callerName, callerNumber }: CallDto): string =>
  callerName ?? (callerNumber === null ? "Withheld" : formatPhone(callerNumber));
