import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { sendApi } from "@/components/layout/api";
import { type LineDto, type LinesDto, linePath, linesQuery } from "@/lib/lines/client";

/** Puts a line as it came back in its place on the page. */
export function showLine(queries: QueryClient, line: LineDto): LineDto {
  queries.setQueryData<LinesDto>(
    linesQuery().queryKey,
    (known) =>
      known && {
        lines: known.lines.map((one) =>
          one.channel === line.channel && one.identity === line.identity ? line : one,
        ),
      },
  );
  return line;
}

/** Asks a line's provider how it stands, which every place that shows the line then knows. */
export const lineCheckQuery = (
  queries: QueryClient,
  { channel, identity }: Pick<LineDto, "channel" | "identity">,
) =>
  queryOptions({
    queryKey: ["line-check", channel, identity],
    queryFn: async () => showLine(queries, await sendApi<LineDto>(linePath("check"), { channel, identity })),
    retry: false,
  });
