"use client";

import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { type ActKind, type AuditDto, type AuditFilter, KIND_NAMES } from "@/lib/audit/client";

type AuditFiltersProps = {
  readonly filter: AuditFilter;
  readonly people: AuditDto["people"];
  readonly onFilter: (filter: AuditFilter) => void;
};

const NOTHING: AuditFilter = {};

/** Who, what, and from which day to which. */
export function AuditFilters({ filter, people, onFilter }: AuditFiltersProps) {
  const id = useId();
  const change = (part: AuditFilter) => onFilter({ ...filter, ...part });
  return (
    <fieldset className="grid grid-cols-2 items-end gap-3 px-5 py-4 md:grid-cols-4">
      <legend className="sr-only">Which changes</legend>
      <div className="grid gap-1.5 max-sm:col-span-2">
        <Label htmlFor={`${id}-person`}>Who</Label>
        <Select
          id={`${id}-person`}
          value={filter.person ?? ""}
          onChange={({ target }) => change({ person: target.value || undefined })}
        >
          <option value="">Everybody</option>
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </Select>
      </div>
      <div className="grid gap-1.5 max-sm:col-span-2">
        <Label htmlFor={`${id}-kind`}>What</Label>
        <Select
          id={`${id}-kind`}
          value={filter.kind ?? ""}
          onChange={({ target }) => change({ kind: (target.value || undefined) as ActKind | undefined })}
        >
          <option value="">Everything</option>
          {Object.entries(KIND_NAMES).map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      {(["from", "to"] as const).map((end) => (
        <div key={end} className="grid min-w-0 gap-1.5 max-sm:col-span-2">
          <Label htmlFor={`${id}-${end}`}>{end === "from" ? "From" : "To"}</Label>
          <Input
            id={`${id}-${end}`}
            type="date"
            value={filter[end] ?? ""}
            onChange={({ target }) => change({ [end]: target.value || undefined })}
          />
        </div>
      ))}
      {Object.values(filter).some(Boolean) && (
        <div className="col-span-full">
          <Button
            size="sm"
            onClick={() => {
              onFilter(NOTHING);
              // The button goes: the keyboard stays among the filters.
              document.getElementById(`${id}-person`)?.focus();
            }}
          >
            Show everything
          </Button>
        </div>
      )}
    </fieldset>
  );
}
