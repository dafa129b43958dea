import type { Sandbox } from "../core/context";
import { createTemplates, type Templates } from "./templates";
import { createUsers, type Users } from "./users";
import { createPairRate, createWindows, type PairRate, type Windows } from "./windows";

/** A message of a customer, as the business may refer to it. */
export interface Received {
  waId: string;
  at: number;
}

/** What Meta remembers. */
export interface MetaState {
  sandbox: Sandbox;
  windows: Windows;
  pairRate: PairRate;
  users: Users;
  templates: Templates;
  /** Whom WhatsApp spares marketing, by customer: it holds some back, and they stopped it all. */
  spared: Map<string, "limited" | "stopped">;
  /** By wamid. */
  received: Map<string, Received>;
  reset: () => void;
}

export function createMetaState(sandbox: Sandbox): MetaState {
  const windows = createWindows(sandbox.clock);
  const pairRate = createPairRate(sandbox.clock);
  const users = createUsers();
  const templates = createTemplates();
  const spared: MetaState["spared"] = new Map();
  const received = new Map<string, Received>();
  const reset = () => {
    for (const part of [windows, pairRate, users, templates]) part.reset();
    received.clear();
    spared.clear();
  };
  return { sandbox, windows, pairRate, users, templates, spared, received, reset };
}
