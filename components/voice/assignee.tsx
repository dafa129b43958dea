"use client";

import { useQuery } from "@tanstack/react-query";
import UserRoundCheck from "lucide-react/icons/user-round-check";
import { Button } from "@/components/ui/button";
import { type CallBackDto, voiceMembersQuery } from "@/lib/calls/client";
import type { VoiceViewer } from "./voice-viewer";

type Person = { readonly id: string; readonly name: string };

type AssigneeProps = {
  readonly callBack: CallBackDto;
  readonly viewer: VoiceViewer;
  readonly who: string;
  readonly onAssign: (to: Person | null) => void;
};

const NOBODY = "";

/** Who looks after a call-back: "me" by one press, anybody of the team from the list. */
export function Assignee({ callBack: { assignee }, viewer, who, onAssign }: AssigneeProps) {
  const { data } = useQuery(voiceMembersQuery());
  const me = { id: viewer.userId, name: viewer.userName };
  const known = data?.members ?? [me];
  const chosen = assignee && { id: assignee.id, name: assignee.name ?? "" };
  const people = chosen && !known.some(({ id }) => id === chosen.id) ? [...known, chosen] : known;
  const isMine = assignee?.id === me.id;
  return (
    <div className="flex min-w-0 items-center gap-1">
      {!isMine && (
        <Button size="sm" variant="ghost" className="max-sm:-ml-3" onClick={() => onAssign(me)}>
          <UserRoundCheck aria-hidden />
          <span>Assign to me</span>
          <span className="sr-only">{`: ${who}`}</span>
        </Button>
      )}
      <select
        aria-label={`Who looks after ${who}`}
        value={assignee?.id ?? NOBODY}
        onChange={({ target: { value } }) => onAssign(people.find(({ id }) => id === value) ?? null)}
        className="h-8 w-36 min-w-0 truncate rounded-md border border-control bg-surface px-2 text-ink text-sm transition-colors hover:border-muted max-md:h-9 max-md:text-lg"
      >
        <option value={NOBODY}>Nobody yet</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {id === me.id ? `${name} (me)` : name}
          </option>
        ))}
      </select>
    </div>
  );
}
