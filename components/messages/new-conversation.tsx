"use client";

import SquarePen from "lucide-react/icons/square-pen";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";

/** Its script comes when it is first shown. */
const NewConversationDialog = dynamic(() => import("./new-conversation-dialog"), { ssr: false });

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
