"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, sendApi, WENT_WRONG } from "@/components/layout/api";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import {
  type CannedResponseDto,
  cannedResponsesPath,
  cannedResponsesQuery,
  isCannedResponses,
} from "@/lib/inbox/client";

type Edited = Pick<CannedResponseDto, "shortcut" | "body"> & { readonly id: string | null };

const HELP =
  "Type / and the shortcut in a reply to insert one. {firstName}, {garage} and {vehicle} are filled in where they are known.";

const NEW: Edited = { id: null, shortcut: "", body: "" };

type CannedDialogProps = { readonly conversationId: string; readonly onClose: () => void };

/** Makes, changes and removes the garage's canned responses. */
export default function CannedDialog({ conversationId, onClose }: CannedDialogProps) {
  const [edited, setEdited] = useState<Edited | null>(null);
  return (
    <Dialog id="canned" title="Canned responses" onClose={onClose}>
      <p id="canned-text" className="mt-1 text-muted text-sm">
        {HELP}
      </p>
      {edited ? (
        <EditForm edited={edited} onDone={() => setEdited(null)} />
      ) : (
        <>
          <Responses conversationId={conversationId} onEdit={setEdited} />
          <div className="mt-4 flex justify-end gap-2">
            <Button onClick={onClose}>Close</Button>
            <Button variant="primary" onClick={() => setEdited(NEW)}>
              New response
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

type ResponsesProps = { readonly conversationId: string; readonly onEdit: (one: Edited) => void };

function Responses({ conversationId, onEdit }: ResponsesProps) {
  const { data } = useQuery(cannedResponsesQuery(conversationId));
  const all = data?.cannedResponses ?? [];
  if (all.length === 0) return <p className="mt-4 text-muted text-sm">None yet.</p>;
  return (
    <ul className="-mx-1 mt-3 max-h-72 divide-y overflow-y-auto border-y px-1">
      {all.map((one) => (
        <li key={one.id} className="flex items-center gap-3 py-2">
          <div className="min-w-0 grow">
            <p className="font-medium text-sm">{`/${one.shortcut}`}</p>
            <p dir="auto" className="truncate text-muted text-sm">
              {one.body}
            </p>
          </div>
          <Button size="sm" aria-label={`Edit /${one.shortcut}`} onClick={() => onEdit(one)}>
            Edit
          </Button>
        </li>
      ))}
    </ul>
  );
}

const FIELD = "mt-1.5 block w-full rounded-md border border-control bg-surface px-3 text-lg sm:text-base";

const focusFirst = (field: HTMLInputElement | null): void => field?.focus();

function EditForm({ edited, onDone }: { edited: Edited; onDone: () => void }) {
  const queries = useQueryClient();
  const [shortcut, setShortcut] = useState(edited.shortcut);
  const [body, setBody] = useState(edited.body);
  const path = cannedResponsesPath(edited.id);
  const { mutate, error, isPending } = useMutation({
    mutationFn: (what: "save" | "remove") =>
      what === "remove"
        ? sendApi(`${path}/remove`)
        : sendApi(path, { shortcut, body }, edited.id === null ? "POST" : "PUT"),
    onSuccess: async () => {
      await queries.invalidateQueries({ predicate: isCannedResponses });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate("save");
  };
  return (
    <form onSubmit={submit} className="mt-4 grid gap-3" noValidate>
      <label className="block font-medium text-sm">
        <span>Shortcut</span>
        <input
          ref={focusFirst}
          className={`${FIELD} h-10`}
          value={shortcut}
          maxLength={33}
          placeholder="opening-hours"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setShortcut(event.target.value)}
        />
      </label>
      <label className="block font-medium text-sm">
        <span>Text</span>
        <textarea
          className={`${FIELD} field-sizing-content max-h-60 min-h-28 py-2`}
          value={body}
          maxLength={1_600}
          dir="auto"
          onChange={(event) => setBody(event.target.value)}
        />
      </label>
      {error && (
        <p role="alert" className="text-bad-text text-sm">
          {error instanceof ApiError ? error.message : WENT_WRONG}
        </p>
      )}
      <div className="mt-1 flex gap-2">
        {edited.id !== null && (
          <Button variant="danger" disabled={isPending} onClick={() => mutate("remove")}>
            Remove
          </Button>
        )}
        <span className="grow" />
        <Button onClick={onDone}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          disabled={isPending || shortcut.trim() === "" || body.trim() === ""}
        >
          Save
        </Button>
      </div>
    </form>
  );
}
