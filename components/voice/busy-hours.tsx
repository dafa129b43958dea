"use client";

import { partMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount } from "@/lib/shared/format";

const HoursChart = onDemand(() => import("@/components/charts/hours-chart"), {
  loading: () => <Skeleton className="size-full" />,
  missing: partMissing("The chart could not be loaded", "The table below has its figures."),
});

/** A garage's day; hours around it are shown where somebody rang. */
const OPEN = { from: 7, to: 18 };

const hourName = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

/** This week's calls by the hour at which they rang, as a picture and as a table. */
export function BusyHours({ hours }: { readonly hours: readonly number[] }) {
  const rang = hours.flatMap((calls, hour) => (calls > 0 ? [hour] : []));
  if (rang.length === 0) return null;
  const [first, last] = [Math.min(OPEN.from, ...rang), Math.max(OPEN.to, ...rang)];
  const shown = hours.slice(first, last + 1).map((calls, nth) => ({ hour: hourName(first + nth), calls }));
  const busiest = shown.reduce((most, one) => (one.calls > most.calls ? one : most));
  const most = `${busiest.hour}, ${formatCount(busiest.calls, "call", "calls")}`;
  return (
    <section aria-labelledby="busy-hours" className="mt-5 border-t pt-4">
      <h3 id="busy-hours" className="text-muted text-sm">
        Busiest hours this week
      </h3>
      <div className="mt-3 h-36">
        <HoursChart
          hours={shown}
          label={`Calls by the hour this week. The busiest hour begins at ${most}. The table below has the figures.`}
        />
      </div>
      <details className="mt-2">
        <summary className="w-fit cursor-pointer select-none rounded-sm text-muted text-sm hover:text-ink">
          Show as a table
        </summary>
        <table className="mt-2 w-full text-sm tabular-nums">
          <caption className="sr-only">Calls by the hour this week</caption>
          <thead className="text-muted">
            <tr>
              <th scope="col" className="py-1 text-left font-medium">
                Hour from
              </th>
              <th scope="col" className="py-1 text-right font-medium">
                Calls
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {shown.map(({ hour, calls }) => (
              <tr key={hour}>
                <th scope="row" className="py-1 text-left font-normal">
                  {hour}
                </th>
                <td className="py-1 text-right">{calls}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
