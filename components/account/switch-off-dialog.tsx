"use client";

import { useQueryClient } from "@tanstack/react-query";
import { sendApi } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { Dialog } from "@/components/ui/dialog";
import { accountQuery } from "@/lib/auth/client";
import { type Code, PASSWORD_AND_CODE, type Password } from "./code-fields";
import { DialogForm } from "./dialog-form";

const ID = "switch-off";

type SwitchOffDialogProps = { readonly email: string; readonly onClose: () => void };

/** Sign-in asks for no code any more. */
export function SwitchOffDialog({ email, onClose }: SwitchOffDialogProps) {
  const queries = useQueryClient();
  return (
    <Dialog id={ID} title="Switch off two-step verification?" onClose={onClose}>
      <DialogForm<Password & Code>
        id={ID}
        email={email}
        values={{ current: "", code: "" }}
        fields={PASSWORD_AND_CODE}
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
