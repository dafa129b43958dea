import type { Obedient } from "../caller-process";
import type { LoadCommands } from "./load-process";
import type { Site } from "./site";
import type { TopUpCommands } from "./top-up-process";

/** What is measured, and how many requests of each kind a round has. */
export type WebBench = {
  readonly big: Site;
  readonly small: Site;
  readonly generator: Obedient<LoadCommands>;
  readonly pages: number;
  readonly reads: number;
  readonly calls: number;
  /** The garages with auto top-up, and their worker: both start when they are first asked for. */
  readonly openTopUps: () => Promise<Obedient<TopUpCommands>>;
  /** How many of them cross one after the other, and as many again in one moment, in a round. */
  readonly garages: number;
};
