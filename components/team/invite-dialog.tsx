"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { ApiError, sendApi, WENT_WRONG } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { checkEmail } from "@/lib/auth/client";
import type { Role } from "@/lib/auth/permissions";
import { RoleChoice } from "./role-choice";
import { TEAM_PATH } from "./use-team-act";

type InviteDialogProps = {
  readonly mayInviteOwner: boolean;
  readonly onInvited: () => Promise<unknown>;
  readonly onClose: () => void;
};

/** Invites somebody by their address, as one of the four roles. */
export function InviteDialog({ mayInviteOwner, onInvited, onClose }: InviteDialogProps) {
  const [role, setRole] = useState<Role>("advisor");
  const { register, handleSubmit, setError, formState } = useForm({ defaultValues: { email: "" } });
  const { errors, isSubmitting } = formState;
  const email = { id: "invite-email", error: errors.email?.message };
  const send = handleSubmit(async (entered) => {
    try {
      await sendApi(`${TEAM_PATH}/invitations`, { email: entered.email.trim(), role });
    } catch (error) {
      const { message, field } = error instanceof ApiError ? error : { message: WENT_WRONG };
      const at = field === "email" ? "email" : "root";
      return setError(at, { message }, { shouldFocus: at === "email" });
    }
    toast.success(`Invitation sent to ${entered.email.trim().toLowerCase()}`);
    await onInvited();
    onClose();
  });
  return (
    <Dialog id="invite" title="Invite somebody" onClose={onClose}>
      <p id="invite-text" className="mt-1 text-muted text-sm">
        They get an email with a link that works for seven days. They don’t need an account yet.
      </p>
      <form noValidate onSubmit={(event) => void send(event)} className="mt-4 grid gap-4">
        <Field {...email} label="Email address">
          <Input
            {...describedBy(email)}
            type="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={200}
            {...register("email", { validate: (typed) => checkEmail(typed.trim()) ?? true })}
          />
        </Field>
        <RoleChoice value={role} mayChooseOwner={mayInviteOwner} onChange={setRole} />
        {errors.root?.message && <Banner tone="bad" title={errors.root.message} urgent />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" aria-busy={isSubmitting} aria-disabled={isSubmitting}>
            {isSubmitting ? "Sending…" : "Send invitation"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
