"use client";

import { clsx } from "clsx";
import ChevronsUpDown from "lucide-react/icons/chevrons-up-down";
import { useRef, useState } from "react";
import { switchGarage } from "@/components/live/switch-garage";
import { dialogMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import type { Garage } from "@/lib/auth/memberships";
import { toast } from "./toast";

const Menu = onDemand(async () => ({ default: (await import("@/components/ui/menu")).Menu }), {
  missing: dialogMissing("Your garages couldn’t be loaded"),
});

type GarageNameProps = {
  readonly orgId: string;
  readonly orgName: string;
  /** All garages of the reader: with more than one, the name leads to the others. */
  readonly garages: readonly Garage[];
  readonly className: string;
};

/** The garage that the page shows, and the switch to another one. */
export function GarageName({ orgId, orgName, garages, className }: GarageNameProps) {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (garages.length < 2)
    return (
      <p dir="auto" title={orgName} className={clsx("truncate", className)}>
        {orgName}
      </p>
    );
  const choose = async (chosen: string) => {
    if (chosen === orgId) return;
    const problem = await switchGarage(chosen);
    if (problem === undefined) location.assign("/");
    else toast.error(problem);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        title={orgName}
        aria-label={`Garage: ${orgName}. Switch garage`}
        onClick={() => setIsOpen(true)}
        className={clsx(
          "flex items-center gap-1 rounded-md transition-colors duration-150 hover:bg-sunken hover:text-ink",
          className,
        )}
      >
        <span dir="auto" className="min-w-0 grow truncate">
          {orgName}
        </span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />
      </button>
      {isOpen && (
        <Menu
          label="Switch garage"
          anchor={button}
          onClose={() => setIsOpen(false)}
          items={garages.map((garage) => ({
            key: garage.orgId,
            label: garage.name,
            chosen: garage.orgId === orgId,
            onChoose: () => void choose(garage.orgId),
          }))}
        />
      )}
    </>
  );
}
