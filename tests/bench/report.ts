import { NOT_MEASURED, ROWS, type Round, type Row } from "./rows";
import { ratios, spread } from "./statistics";

const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en-GB") : value.toPrecision(3);

/** The table of ratios, as Markdown: what docs/performance.md quotes. */
export function ratioTable(rounds: readonly Round[]): string[] {
  return [
    "| same-run ratio | goal | median | lowest to highest | |",
    "| --- | --- | --- | --- | --- |",
    ...ROWS.map((row) => ratioLine(row, rounds)),
    ...NOT_MEASURED.map((title) => `| ${title} | | not measured here | | |`),
  ];
}

function ratioLine({ title, over, under, goal }: Row, rounds: readonly Round[]): string {
  const sign = goal.kind === "at least" ? "≥" : "≤";
  const both = rounds.flatMap(({ [over]: above, [under]: below }) =>
    above === undefined || below === undefined ? [] : [{ above, below }],
  );
  if (both.length === 0) return `| ${title} | ${sign} ${goal.value} | skipped | | |`;
  const { median, lowest, highest } = spread(
    ratios(
      both.map(({ above }) => above),
      both.map(({ below }) => below),
    ),
  );
  const reached = goal.kind === "at least" ? median >= goal.value : median <= goal.value;
  return `| ${title} | ${sign} ${goal.value} | ${figure(median)} | ${figure(lowest)} to ${figure(highest)} | ${reached ? "reached" : "missed"} |`;
}

/** The absolute figures behind the ratios: good for this machine and this hour only. */
export function measureTable(rounds: readonly Round[]): string[] {
  const names = [...new Set(rounds.flatMap((round) => Object.keys(round)))] as (keyof Round)[];
  return [
    "| measure (a second; p99 in ms) | median | lowest to highest |",
    "| --- | --- | --- |",
    ...names.map((name) => {
      const { median, lowest, highest } = spread(rounds.flatMap((round) => round[name] ?? []));
      return `| ${name} | ${figure(median)} | ${figure(lowest)} to ${figure(highest)} |`;
    }),
  ];
}
