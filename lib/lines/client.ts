import { queryOptions } from "@tanstack/react-query";
import type { LineConnected } from "./connect-line";
import type { LineProblem } from "./core/line-problems";
import type { LineDto, LinesDto } from "./list-lines";

export type { LineConnected, LineDto, LineProblem, LinesDto };

const PATH = "/api/settings/channels";

export const linesQuery = () => queryOptions<LinesDto>({ queryKey: ["settings", "channels"] });

/** Where a line is asked about, connected, disconnected or tried. */
export const linePath = (act: "check" | "connect" | "disconnect" | "test"): string => `${PATH}/${act}`;
