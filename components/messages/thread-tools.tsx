"use client";

import AlarmClock from "lucide-react/icons/alarm-clock";
import Check from "lucide-react/icons/check";
import RotateCcw from "lucide-react/icons/rotate-ccw";
import UserPlus from "lucide-react/icons/user-plus";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { dialogMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import type { ThreadHeadDto } from "@/lib/inbox/client";
import { useKey } from "./use-keys";
import { useWork } from "./use-work";
import type { InboxViewer } from "./viewer";

const AssignMenu = onDemand(() => import("./assign-menu"), {
  missing: dialogMissing("Your team couldn’t be loaded"),
});
const SnoozeMenu = onDemand(() => import("./snooze-menu"), {
  missing: dialogMissing("The times to snooze until couldn’t be loaded"),
});

type ThreadToolsProps = {
  readonly conversation: ThreadHeadDto;
  readonly viewer: InboxViewer;
  /** It is dealt with: on to the next one. */
  readonly onAdvance: () => void;
};

/** Works the conversation off: assign, snooze, done or reopen. Without room their words go, and their names stay. */
export function ThreadTools({ conversation, viewer, onAdvance }: ThreadToolsProps) {
  const { id, assignee, state } = conversation;
  const { mutate } = useWork(viewer.userId, id);
  const [menu, setMenu] = useState<"assign" | "snooze" | null>(null);
  const assignButton = useRef<HTMLButtonElement>(null);
  const snoozeButton = useRef<HTMLButtonElement>(null);
  const me = { id: viewer.userId, name: viewer.userName };
  const isDone = state === "done";
  const end = () => {
    mutate({ kind: "done" });
    onAdvance();
  };
  const assignKey = useKey("assign", () => mutate({ kind: "assign", to: me }));
  const snoozeKey = useKey("snooze", () => setMenu("snooze"));
  const doneKey = useKey("done", isDone ? null : end);
  const close = () => setMenu(null);
  const who = assignee === null ? "Assign" : assignee.id === me.id ? "You" : assignee.name;
  return (
    <>
      <Button
        ref={assignButton}
        size="sm"
        className="@max-2xl:w-8 @max-2xl:px-0"
        aria-haspopup="menu"
        aria-expanded={menu === "assign"}
        aria-label={assignee === null ? "Assign" : `Assigned to ${who}`}
        aria-keyshortcuts={assignKey}
        title={assignee === null ? "Assign" : `Assigned to ${who}`}
        onClick={() => setMenu("assign")}
      >
        {assignee === null ? <UserPlus aria-hidden /> : <Initial name={assignee.name} />}
        <span className="max-w-28 truncate @max-2xl:hidden">{who}</span>
      </Button>
      <Button
        ref={snoozeButton}
        size="sm"
        className="w-8 px-0"
        aria-haspopup="menu"
        aria-expanded={menu === "snooze"}
        aria-label="Snooze"
        aria-keyshortcuts={snoozeKey}
        title="Snooze"
        onClick={() => setMenu("snooze")}
      >
        <AlarmClock aria-hidden />
      </Button>
      {state === "open" ? (
        <Button
          size="sm"
          variant="primary"
          className="@max-lg:w-8 @max-lg:px-0"
          aria-label="Done"
          aria-keyshortcuts={doneKey}
          onClick={end}
        >
          <Check aria-hidden />
          <span className="@max-lg:hidden">Done</span>
        </Button>
      ) : (
        <Button
          size="sm"
          className="@max-lg:w-8 @max-lg:px-0"
          aria-label="Reopen"
          onClick={() => mutate({ kind: "reopen" })}
        >
          <RotateCcw aria-hidden />
          <span className="@max-lg:hidden">Reopen</span>
        </Button>
      )}
      {menu === "assign" && (
        <AssignMenu
          anchor={assignButton}
          viewer={viewer}
          assignee={assignee}
          onAssign={(to) => mutate({ kind: "assign", to })}
          onClose={close}
        />
      )}
      {menu === "snooze" && (
        <SnoozeMenu
          anchor={snoozeButton}
          onSnooze={(until) => mutate({ kind: "snooze", until })}
          onClose={close}
        />
      )}
    </>
  );
}

function Initial({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="grid size-5 place-items-center rounded-full bg-accent-soft font-medium text-accent text-xs"
    >
      {[...name][0]?.toUpperCase()}
    </span>
  );
}
