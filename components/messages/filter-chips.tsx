import { clsx } from "clsx";

type FilterChipsProps<Key extends string> = {
  readonly label: string;
  readonly options: readonly {
    readonly key: Key;
    readonly label: string;
    readonly count?: number | string;
  }[];
  /** Null while none of them is what is shown. */
  readonly chosen: Key | null;
  readonly onChoose: (key: Key) => void;
};

/** One of several views of the same list. */
export function FilterChips<Key extends string>(props: FilterChipsProps<Key>) {
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-1">
      <legend className="sr-only">{props.label}</legend>
      {props.options.map(({ key, label, count }) => (
        <button
          key={key}
          type="button"
          aria-pressed={key === props.chosen}
          onClick={() => props.onChoose(key)}
          className={clsx(
            "h-7 rounded-md px-2 font-medium text-sm transition-colors duration-150 max-md:h-9 max-md:px-2.5",
            key === props.chosen ? "bg-sunken text-ink" : "text-muted hover:bg-sunken hover:text-ink",
          )}
        >
          <span>{label}</span>
          {count !== undefined && count !== 0 && (
            <span className="ml-1.5 text-faint tabular-nums">{count}</span>
          )}
        </button>
      ))}
    </fieldset>
  );
}
