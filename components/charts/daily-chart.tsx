import { clsx } from "clsx";
import { formatCount, formatDay, formatNumber } from "@/lib/shared/format";
import { axisFigures } from "./scale";

export type DailyPoint = {
  readonly day: string;
  readonly credits: number;
  /** The same day of the previous period; null where that was shorter. */
  readonly previous: number | null;
};

const MOST_LABELS = 4;

const share = (value: number, of: number): string => `${(value / of) * 100}%`;

/**
 * Credits by day, in front of those of the previous period. Boxes of the page itself: the server sends them, they fit any
 * width, and a day's figures show where the pointer is. The table beside it says the same in words.
 */
export function DailyChart({ days }: { readonly days: readonly DailyPoint[] }) {
  const figures = axisFigures(
    Math.max(0, ...days.flatMap(({ credits, previous }) => [credits, previous ?? 0])),
  );
  const top = figures.at(-1) ?? 1;
  const every = Math.ceil(days.length / MOST_LABELS);
  return (
    <div className="grid size-full grid-cols-[auto_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_1.75rem] gap-x-2 pt-2 text-faint text-xs tabular-nums">
      <div className="relative text-right">
        <span className="invisible">{formatNumber(top)}</span>
        {figures.map((figure) => (
          <span
            key={figure}
            className="absolute right-0 translate-y-1/2 leading-none"
            style={{ bottom: share(figure, top) }}
          >
            {formatNumber(figure)}
          </span>
        ))}
      </div>
      <div className="relative">
        {figures.map((figure) => (
          <span key={figure} className="absolute inset-x-0 border-t" style={{ bottom: share(figure, top) }} />
        ))}
        <div className="absolute inset-0 flex">
          {days.map((point, nth) => (
            <Day key={point.day} point={point} top={top} opensLeft={nth >= days.length / 2} />
          ))}
        </div>
      </div>
      <div className="relative col-start-2">
        {days.map(
          ({ day }, nth) =>
            nth % every === 0 && (
              <span
                key={day}
                className="absolute bottom-0 -translate-x-1/2 whitespace-nowrap"
                style={{ left: share(nth + 0.5, days.length) }}
              >
                {formatDay(day)}
              </span>
            ),
        )}
      </div>
    </div>
  );
}

type DayProps = {
  readonly point: DailyPoint;
  readonly top: number;
  /** Its figures stand to the left of it, so that they stay within the chart. */
  readonly opensLeft: boolean;
};

const BAR = "absolute bottom-0 left-1/2 -translate-x-1/2 rounded-t-[3px]";

function Day({ point: { day, credits, previous }, top, opensLeft }: DayProps) {
  return (
    <div className="group relative min-w-0 grow basis-0 hover:bg-sunken" data-day={day}>
      <span
        className={clsx(BAR, "w-[78%] max-w-7.5 bg-[var(--behind)]")}
        style={{ height: share(previous ?? 0, top) }}
      />
      <span
        className={clsx(BAR, "w-[45%] max-w-4.5 bg-accent")}
        style={{ height: share(credits, top) }}
        data-credits={credits}
      />
      <div
        className={clsx(
          "pointer-events-none absolute top-0 z-10 hidden whitespace-nowrap rounded-md bg-surface px-3 py-2 text-ink text-sm shadow-over group-hover:block",
          opensLeft ? "right-full mr-1" : "left-full ml-1",
        )}
      >
        <p className="text-muted">{formatDay(day)}</p>
        <p className="font-medium">{formatCount(credits, "credit", "credits")}</p>
        {previous !== null && (
          <p className="text-muted">{`${formatNumber(previous)} in the previous period`}</p>
        )}
      </div>
    </div>
  );
}
