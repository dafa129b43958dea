"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sendApi } from "@/components/layout/api";
import { Dialog } from "@/components/ui/dialog";
import { accountQuery, type RecoveryCodes as Codes } from "@/lib/auth/client";
import { type Code, PASSWORD_AND_CODE, type Password } from "./code-fields";
import { DialogForm } from "./dialog-form";
import { RecoveryCodes } from "./recovery-codes";

const ID = "renew-codes";

type RenewCodesDialogProps = { readonly email: string; readonly onClose: () => void };

/** Other recovery codes in the place of those that there are. */
export function RenewCodesDialog({ email, onClose }: RenewCodesDialogProps) {
  const queries = useQueryClient();
  const [codes, setCodes] = useState<readonly string[]>();
  return (
    // Once codes are shown only the button closes it: a press beside it would lose them.
    <Dialog id={ID} title="New recovery codes" onClose={codes ? () => undefined : onClose}>
      {codes ? (
        <RecoveryCodes
          id={ID}
          email={email}
          codes={codes}
          onDone={() => {
            onClose();
            void queries.invalidateQueries({ queryKey: accountQuery().queryKey, exact: true });
          }}
        />
      ) : (
        <DialogForm<Password & Code>
          id={ID}
          email={email}
          values={{ current: "", code: "" }}
          fields={PASSWORD_AND_CODE}
          label="Make new codes"
          busyLabel="Making them…"
          onCancel={onClose}
          send={async (values) => {
            const made = await sendApi<Codes>("/api/settings/account/second-factor/recovery-codes", values);
            setCodes(made.recoveryCodes);
          }}
        >
          <p id={`${ID}-text`} className="text-muted">
            You get ten new ones. Those that you have now work no longer.
          </p>
        </DialogForm>
      )}
    </Dialog>
  );
}
