"use client";

import CalendarPlus from "lucide-react/icons/calendar-plus";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { bankHolidaysToAdd, type Closure, NATIONS, type Nation } from "@/lib/garage/client";

type BankHolidaysProps = {
  readonly closures: readonly Closure[];
  /** A London date. */
  readonly today: string;
  /** How many closures may be added. */
  readonly room: number;
  readonly onAdd: (closures: readonly Closure[]) => void;
};

/** Adds a nation's bank holidays of the coming year to the closures, where each can be changed or removed as any other. */
export function BankHolidays({ closures, today, room, onAdd }: BankHolidaysProps) {
  const [nation, setNation] = useState<Nation>(NATIONS[0]);
  const [said, setSaid] = useState("");
  const add = () => {
    const missing = bankHolidaysToAdd(nation, today, closures).slice(0, room);
    setSaid(wordsFor(missing.length));
    if (missing.length > 0) onAdd(missing);
  };
  return (
    <div className="grid gap-2 border-t pt-3">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="Whose bank holidays"
          className="w-auto!"
          value={nation}
          onChange={({ target }) => setNation(NATIONS.find((one) => one === target.value) ?? nation)}
        >
          {NATIONS.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </Select>
        <Button size="sm" disabled={room === 0} onClick={add}>
          <CalendarPlus aria-hidden />
          Add bank holidays
        </Button>
      </div>
      <p role="status" className="text-muted text-sm">
        {said}
      </p>
    </div>
  );
}

function wordsFor(added: number): string {
  if (added === 0) return "Those of the coming year are in the list already.";
  const what = added === 1 ? "One bank holiday was added" : `${added} bank holidays were added`;
  return `${what}. Remove those on which you are open, then save.`;
}
