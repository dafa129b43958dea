import { clsx } from "clsx";
import { ROLE_WORDS } from "@/lib/auth/client";
import { ROLES, type Role } from "@/lib/auth/permissions";

type RoleChoiceProps = {
  /** Null: none yet. */
  readonly value: Role | null;
  /** Managers give every role but an owner's. */
  readonly mayChooseOwner: boolean;
  readonly error?: string | undefined;
  readonly onChange: (role: Role) => void;
};

/** One of the four roles, each with what it may do. */
export function RoleChoice({ value, mayChooseOwner, error, onChange }: RoleChoiceProps) {
  return (
    <fieldset aria-describedby={error ? "role-error" : undefined}>
      <legend className="font-medium text-sm">Role</legend>
      <div className="mt-1.5 grid divide-y rounded-md border border-control">
        {ROLES.map((role) => {
          const isClosed = role === "owner" && !mayChooseOwner;
          const { name, may } = ROLE_WORDS[role];
          return (
            <label
              key={role}
              className={clsx(
                "flex items-start gap-3 px-3 py-2.5",
                isClosed ? "text-faint" : "cursor-pointer",
              )}
            >
              <input
                type="radio"
                name="role"
                value={role}
                checked={value === role}
                disabled={isClosed}
                onChange={() => onChange(role)}
                className="mt-1 size-4 shrink-0 accent-accent"
              />
              <span className="min-w-0">
                <span className="block font-medium">{name}</span>
                <span className={clsx("block text-sm", !isClosed && "text-muted")}>
                  {isClosed ? "Only an owner can give this role." : may}
                </span>
              </span>
            </label>
          );
        })}
      </div>
      {error && (
        <p id="role-error" role="alert" className="mt-1.5 text-bad-text text-sm">
          {error}
        </p>
      )}
    </fieldset>
  );
}
