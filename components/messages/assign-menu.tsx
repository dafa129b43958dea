"use client";

import { useQuery } from "@tanstack/react-query";
import type { RefObject } from "react";
import { Menu } from "@/components/ui/menu";
import { membersQuery, type PersonDto } from "@/lib/inbox/client";
import type { InboxViewer } from "./viewer";

type AssignMenuProps = {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly viewer: InboxViewer;
  readonly assignee: PersonDto | null;
  readonly onAssign: (to: PersonDto | null) => void;
  readonly onClose: () => void;
};

/** Who looks after a conversation: the viewer first, then everybody else who can reply. */
export default function AssignMenu({ anchor, viewer, assignee, onAssign, onClose }: AssignMenuProps) {
  const { data, isError } = useQuery(membersQuery());
  const me = { id: viewer.userId, name: viewer.userName };
  const others = (data?.members ?? []).filter(({ id }) => id !== me.id);
  const choice = (person: PersonDto, label: string) => ({
    key: person.id,
    label,
    chosen: assignee?.id === person.id,
    onChoose: () => onAssign(person),
  });
  return (
    <Menu
      label="Assign to"
      anchor={anchor}
      onClose={onClose}
      items={[
        choice(me, `Me (${me.name})`),
        ...others.map((person) => choice(person, person.name)),
        ...(isError
          ? [{ key: "failed", label: "Your team couldn’t be loaded", onChoose: () => undefined }]
          : []),
        { key: "nobody", label: "Nobody", chosen: assignee === null, onChoose: () => onAssign(null) },
      ]}
    />
  );
}
