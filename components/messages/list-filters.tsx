"use client";

import { useQuery } from "@tanstack/react-query";
import { type ComponentProps, useCallback, useId } from "react";
import { Select } from "@/components/ui/input";
import { countsQuery } from "@/lib/inbox/client";
import { LIST_CHOICES } from "@/lib/inbox/list-address";
import { FilterChips } from "./filter-chips";
import { ListSearch } from "./list-search";
import type { useListAddress } from "./use-list-address";
import { CHANNEL_NAME, VIEW_NAME } from "./words";

type ListFiltersProps = ReturnType<typeof useListAddress> & { readonly onToList: () => void };

/** Which conversations are shown: a search through all, or a view, narrowed by channel and by degraded reason. */
export function ListFilters({ asked, show, onToList }: ListFiltersProps) {
  const { data: counts } = useQuery(countsQuery());
  const { view = "open", channel, reason, search } = asked;
  const shown = LIST_CHOICES.views.filter(
    (one) => one !== "snoozed" || view === "snoozed" || (counts?.snoozed ?? 0) > 0,
  );
  const find = useCallback(
    (text: string) => show({ ...asked, search: text || undefined }, { isTyped: true }),
    [asked, show],
  );
  return (
    <>
      <ListSearch search={search ?? ""} onSearch={find} onToList={onToList} />
      <div className="-mx-2 mt-2">
        <FilterChips
          label="Which conversations"
          options={shown.map((key) => ({ key, label: VIEW_NAME[key], ...countOf(counts?.[key]) }))}
          chosen={search ? null : view}
          onChoose={(next) => show({ ...asked, view: next, search: undefined })}
        />
      </div>
      <div className="mt-2 grid grid-cols-2 gap-2">
        <Narrow
          label="Channel"
          value={channel ?? ""}
          onChange={({ target }) =>
            show({ ...asked, channel: LIST_CHOICES.channels.find((one) => one === target.value) })
          }
        >
          <option value="">All channels</option>
          {LIST_CHOICES.channels.map((one) => (
            <option key={one} value={one}>
              {CHANNEL_NAME[one]}
            </option>
          ))}
        </Narrow>
        <Narrow
          label="Degraded"
          value={reason ?? ""}
          onChange={({ target }) =>
            show({ ...asked, reason: LIST_CHOICES.reasons.find((one) => one === target.value) })
          }
        >
          <option value="">Any reason</option>
          {LIST_CHOICES.reasons.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Narrow>
      </div>
      {search && (
        <p className="mt-2 text-muted text-xs">Searching all conversations, done and snoozed too.</p>
      )}
    </>
  );
}

function Narrow({ label, ...select }: ComponentProps<typeof Select> & { readonly label: string }) {
  const id = useId();
  return (
    <div className="grid gap-0.5">
      <label htmlFor={id} className="text-muted text-xs">
        {label}
      </label>
      <Select id={id} {...select} className="md:h-8! md:px-2! md:text-sm!" />
    </div>
  );
}

/** The server counts no further. */
const MOST = 1_000;

const countOf = (count: number | undefined) =>
  count === undefined ? {} : { count: count >= MOST ? `${MOST - 1}+` : count };
