import path from "node:path";
import { cruise, type IViolation } from "dependency-cruiser";
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { doorsOf, ROOT } from "./house";

export type Arrow = { readonly name: string; readonly comment: string };

export type Graph = {
  readonly arrows: readonly Arrow[];
  /** The modules that were read, by path; those of packages are not among them. */
  readonly modules: readonly string[];
  readonly violations: readonly IViolation[];
};

/** Follows every import of a house and holds the rules of `.dependency-cruiser.mjs` against them. */
export async function cruiseHouse(root: string): Promise<Graph> {
  const options = await extractOptions(path.join(ROOT, ".dependency-cruiser.mjs"));
  const tsConfig = path.join(root, "tsconfig.json");
  const { output } = await cruise(
    doorsOf(root),
    { ...options, baseDir: root, tsConfig: { fileName: tsConfig } },
    {},
    { tsConfig: extractTsConfig(tsConfig) },
  );
  if (typeof output === "string")
    throw new Error("dependency-cruiser gave a report where a graph was asked for");
  return {
    arrows: (options.ruleSet?.forbidden ?? []).map(({ name = "", comment = "" }) => ({ name, comment })),
    modules: output.modules.filter((module) => module.followable !== false).map((module) => module.source),
    violations: output.summary.violations,
  };
}

/** One line a wrong import of this rule; a circle names everyone on it. */
export function offencesOf(graph: Graph, rule: string): string[] {
  const found = graph.violations.filter((violation) => violation.rule.name === rule);
  return found
    .map(({ from, to, cycle }) => [from, ...(cycle?.map(({ name }) => name) ?? [to])].join(" -> "))
    .sort();
}
