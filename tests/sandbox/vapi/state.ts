import type { Sandbox } from "../core/context";
import type { Call } from "./call";

export interface VapiState {
  sandbox: Sandbox;
  calls: Map<string, Call>;
  /** Further calls as the REST API gives them, which the sandbox did not play itself. */
  kept: Record<string, unknown>[];
  reset: () => void;
}

export function createVapiState(sandbox: Sandbox): VapiState {
  const calls = new Map<string, Call>();
  const state: VapiState = {
    sandbox,
    calls,
    kept: [],
    reset: () => {
      calls.clear();
      state.kept = [];
    },
  };
  return state;
}
