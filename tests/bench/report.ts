import { ratios, spread } from "./statistics";

export type Goal = { readonly kind: "at least" | "at most"; readonly value: number };

/** A line of a table: one measure over another of the same round, or by itself; and what it is to reach. */
export type Row<Name extends string> = {
  readonly title: string;
  readonly over: Name;
  readonly under?: Name;
  readonly goal: Goal;
};

/** What one round measured. */
export type Round<Name extends string> = { readonly [Key in Name]?: number };

/** What a table leaves out, and why. */
export type Elsewhere = { readonly title: string; readonly where: string };

/** Three digits; more where the whole number has more. */
const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en-GB") : value.toPrecision(3);

/** The table against the goals, as Markdown: what docs/performance.md quotes. */
export function goalTable<Name extends string>(
  heading: string,
  rows: readonly Row<Name>[],
  rounds: readonly Round<Name>[],
  elsewhere: readonly Elsewhere[] = [],
): string[] {
  return [
    `| ${heading} | goal | median | lowest to highest | |`,
    "| --- | --- | --- | --- | --- |",
    ...rows.map((row) => goalLine(row, rounds)),
    ...elsewhere.map(({ title, where }) => `| ${title} | | ${where} | | |`),
  ];
}

function goalLine<Name extends string>(row: Row<Name>, rounds: readonly Round<Name>[]): string {
  const { title, goal } = row;
  const sign = goal.kind === "at least" ? "≥" : "≤";
  const values = valuesOf(row, rounds);
  if (values.length === 0) return `| ${title} | ${sign} ${goal.value} | skipped | | |`;
  const { median, lowest, highest } = spread(values);
  const reached = goal.kind === "at least" ? median >= goal.value : median <= goal.value;
  return `| ${title} | ${sign} ${goal.value} | ${figure(median)} | ${figure(lowest)} to ${figure(highest)} | ${reached ? "reached" : "missed"} |`;
}

function valuesOf<Name extends string>({ over, under }: Row<Name>, rounds: readonly Round<Name>[]): number[] {
  if (under === undefined) return rounds.flatMap((round) => round[over] ?? []);
  const both = rounds.flatMap(({ [over]: above, [under]: below }) =>
    above === undefined || below === undefined ? [] : [{ above, below }],
  );
  return ratios(
    both.map(({ above }) => above),
    both.map(({ below }) => below),
  );
}

/** The absolute figures behind the ratios: good for this machine and this hour only. */
export function measureTable<Name extends string>(heading: string, rounds: readonly Round<Name>[]): string[] {
  const names = [...new Set(rounds.flatMap((round) => Object.keys(round)))] as Name[];
  return [
    `| ${heading} | median | lowest to highest |`,
    "| --- | --- | --- |",
    ...names.map((name) => {
      const { median, lowest, highest } = spread(rounds.flatMap((round) => round[name] ?? []));
      return `| ${name} | ${figure(median)} | ${figure(lowest)} to ${figure(highest)} |`;
    }),
  ];
}
