import type { Obedient } from "../caller-process";
import type { LoadCommands } from "./load-process";
import type { Site } from "./site";

/** What is measured, and how many requests of each kind a round has. */
export type WebBench = {
  readonly big: Site;
  readonly small: Site;
  readonly generator: Obedient<LoadCommands>;
  readonly pages: number;
  readonly reads: number;
  readonly calls: number;
};
