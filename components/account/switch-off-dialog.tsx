"use client";

import { useQueryClient } from "@tanstack/react-query";
import { sendApi } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { Dialog } from "@/components/ui/dialog";
import { accountQuery } from "@/lib/auth/client";
import { ANY_CODE, type Code, type Password, PRESENT_PASSWORD } from "./code-fields";
import { DialogForm } from "./dialog-form";
import type { FieldSpec } from "./fields";

const ID = "switch-off";

type Values = Password & Code;

const FIELDS: readonly FieldSpec<Values>[] = [
  { ...PRESENT_PASSWORD, name: "current" },
  { ...ANY_CODE, name: "code", digits: false },
];

type SwitchOffDialogProps = { readonly email: string; readonly onClose: () => void };

/** Sign-in asks for no code any more. */
export function SwitchOffDialog({ email, onClose }: SwitchOffDialogProps) {
  const queries = useQueryClient();
  return (
    <Dialog id={ID} title="Switch off two-step verification?" onClose={onClose}>
      <DialogForm<Values>
        id={ID}
        email={email}
        values={{ current: "", code: "" }}
        fields={FIELDS}
        label="Switch off"
        busyLabel="Switching off…"
        variant="danger"
        onCancel={onClose}
        send={async (values) => {
          await sendApi("/api/settings/account/second-factor/switch-off", values);
          toast.success("Two-step verification is off");
          onClose();
          await queries.invalidateQueries({ queryKey: accountQuery().queryKey, exact: true });
        }}
      >
        <p id={`${ID}-text`} className="text-muted">
          Your password alone opens your account from then on. Your recovery codes work no longer.
        </p>
      </DialogForm>
    </Dialog>
  );
}
