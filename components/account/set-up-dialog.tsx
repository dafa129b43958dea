"use client";

import { useQueryClient } from "@tanstack/react-query";
import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useState } from "react";
import { sendApi } from "@/components/layout/api";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { accountQuery, type RecoveryCodes as Codes, type SetUp, sessionsQuery } from "@/lib/auth/client";
import { APP_CODE, type Code, type Password, PRESENT_PASSWORD } from "./code-fields";
import { DialogForm } from "./dialog-form";
import { RecoveryCodes } from "./recovery-codes";
import { useCopy } from "./use-copy";

const PATH = "/api/settings/account/second-factor";
const ID = "set-up";

type SetUpDialogProps = { readonly email: string; readonly onClose: () => void };

/** Password, then the app and its first code, then the recovery codes. */
export function SetUpDialog({ email, onClose }: SetUpDialogProps) {
  const queries = useQueryClient();
  const [app, setApp] = useState<SetUp>();
  const [codes, setCodes] = useState<readonly string[]>();
  const form = { id: ID, email, onCancel: onClose };
  if (codes)
    return (
      // Only the button closes it: a press beside it would lose the codes.
      <Dialog id={ID} title="Two-step verification is on" onClose={() => undefined}>
        <RecoveryCodes
          id={ID}
          email={email}
          codes={codes}
          onDone={() => {
            onClose();
            void queries.invalidateQueries({ queryKey: accountQuery().queryKey, exact: true });
            void queries.invalidateQueries({ queryKey: sessionsQuery().queryKey });
          }}
        />
      </Dialog>
    );
  return (
    <Dialog id={ID} title="Set up two-step verification" onClose={onClose}>
      {app ? (
        <DialogForm<Code>
          key="code"
          {...form}
          values={{ code: "" }}
          fields={[APP_CODE]}
          label="Switch on"
          busyLabel="Switching on…"
          send={async (values) => {
            const { recoveryCodes } = await sendApi<Codes>(`${PATH}/confirm`, values);
            setCodes(recoveryCodes);
          }}
        >
          <AppKey app={app} />
        </DialogForm>
      ) : (
        <DialogForm<Password>
          key="password"
          {...form}
          values={{ current: "" }}
          fields={[PRESENT_PASSWORD]}
          label="Continue"
          busyLabel="Checking…"
          send={async (values) => setApp(await sendApi<SetUp>(`${PATH}/set-up`, values))}
        >
          <p id={`${ID}-text`} className="text-muted">
            You need an authenticator app on your phone, such as Google Authenticator, Microsoft Authenticator
            or 1Password. First, your password.
          </p>
        </DialogForm>
      )}
    </Dialog>
  );
}

function AppKey({ app: { key, qrCode } }: { readonly app: SetUp }) {
  const { copied, copy } = useCopy(key.replaceAll(" ", ""));
  return (
    <>
      <p id={`${ID}-text`} className="text-muted">
        Scan this with the app, or type the key into it. Then enter the code that it shows. Switching it on
        signs you out everywhere but here.
      </p>
      {/* biome-ignore lint/performance/noImgElement: it is in the answer, and loads nothing */}
      <img
        src={`data:image/svg+xml,${encodeURIComponent(qrCode)}`}
        alt="QR code for your authenticator app"
        width={192}
        height={192}
        className="mx-auto rounded-md bg-white"
      />
      <div className="flex flex-wrap items-center gap-2 rounded-md bg-sunken px-3 py-2">
        <code className="min-w-0 grow basis-40 break-words text-sm">{key}</code>
        <Button size="sm" aria-label="Copy the key" onClick={copy}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          <span>{copied ? "Copied" : "Copy"}</span>
        </Button>
      </div>
    </>
  );
}
