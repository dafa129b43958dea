import { CHANNEL_NAME, lineName } from "@/components/channels/line-words";
import type { LineDto, LineProblem } from "@/lib/lines/client";

export type SickLines = {
  readonly title: string;
  /** One stops what comes to it; else what it can do is limited. */
  readonly stops: boolean;
  /** What is wrong with each, the worst first. */
  readonly lines: readonly { readonly key: string; readonly text: string }[];
};

type Sick = { readonly line: LineDto; readonly problem: LineProblem };

const nameOf = (line: LineDto): string => `${CHANNEL_NAME[line.channel]} ${lineName(line)}`;

/**
 * The connected lines with which their provider says that something is wrong; null where there are none. That a provider does not
 * answer, or that nobody has written yet, is told on the Channels page alone.
 */
export function sickLines(lines: readonly LineDto[]): SickLines | null {
  const sick = lines
    .flatMap((line): Sick[] => {
      const problem = line.state === "connected" ? line.problems[0] : undefined;
      return problem && problem.severity !== "unknown" ? [{ line, problem }] : [];
    })
    .sort((one, other) => Number(stops(other)) - Number(stops(one)));
  const [worst] = sick;
  if (!worst) return null;
  const isOnly = sick.length === 1;
  return {
    title: isOnly
      ? `${nameOf(worst.line)} ${stops(worst) ? "is not working" : "is limited"}`
      : `${sick.length} of your numbers need attention`,
    stops: stops(worst),
    lines: sick.map(({ line, problem }) => ({
      key: `${line.channel} ${line.identity}`,
      text: isOnly ? problem.what : `${nameOf(line)}: ${problem.what}`,
    })),
  };
}

const stops = ({ problem }: Sick): boolean => problem.severity === "stops";
