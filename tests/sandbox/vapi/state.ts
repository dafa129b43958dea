import type { Sandbox } from "../core/context";
import type { Call } from "./call";

export interface VapiState {
  sandbox: Sandbox;
  calls: Map<string, Call>;
  reset: () => void;
}

export function createVapiState(sandbox: Sandbox): VapiState {
  const calls = new Map<string, Call>();
  return { sandbox, calls, reset: () => calls.clear() };
}
