import { formatPhone } from "@/components/messages/words";
import type { CallDto } from "@/lib/calls/client";

/** Who rang: a name, else a number, else nobody we may know. */
export const callerOf = ({ callerName, callerNumber }: CallDto): string =>
  callerName ?? (callerNumber === null ? "Withheld" : formatPhone(callerNumber));
