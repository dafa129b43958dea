"use client";

import SquarePen from "lucide-react/icons/square-pen";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { dialogMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";

/** Its script comes when it is first shown. */
const NewConversationDialog = onDemand(() => import("./new-conversation-dialog"), {
  missing: dialogMissing("A new conversation couldn’t be opened"),
});

type NewConversationProps = { readonly onOpen: (id: string) => void };

/** Begins a conversation with a number that may never have written. */
export function NewConversation({ onOpen }: NewConversationProps) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        variant="ghost"
        size="icon"
        className="-mr-2 size-8"
        aria-label="New conversation"
        aria-haspopup="dialog"
        title="New conversation"
        onClick={() => setOpen(true)}
      >
        <SquarePen aria-hidden />
      </Button>
      {isOpen && (
        <NewConversationDialog
          onClose={close}
          onOpen={(id) => {
            close();
            onOpen(id);
          }}
        />
      )}
    </>
  );
}
