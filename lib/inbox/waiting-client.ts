import { queryOptions } from "@tanstack/react-query";
import type { WaitingDto } from "./get-waiting";

/** A tab that nobody looks at tells of what comes. */
export const ALSO_HIDDEN = { alsoHidden: true };

/** What waits for a person: its key begins like every query of the inbox, so that the same events make it old. Every page asks it. */
export const waitingQuery = () =>
  queryOptions<WaitingDto>({ queryKey: ["messages", "waiting"], meta: ALSO_HIDDEN });
