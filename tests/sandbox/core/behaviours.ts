import type { z } from "zod";
import type { behaviourInput, Effect, EffectKind, EffectOf } from "./effects";
import type { Events } from "./events";
import { json, type Reply } from "./http";
import type { ProviderName } from "./providers";

export type Behaviour = z.output<typeof behaviourInput> & { id: number; used: number };

/** Something happened to which a behaviour may apply. */
export interface Occasion {
  provider: ProviderName;
  on: string;
  labels: Readonly<Record<string, string>>;
}

/** The queue of scripted behaviours, the oldest first. */
export function createBehaviours(events: Events) {
  let queue: Behaviour[] = [];
  let lastId = 0;
  const changed = () => events.publish({ type: "state", data: null });

  function add(input: z.output<typeof behaviourInput>): Behaviour {
    lastId += 1;
    const behaviour = { ...input, id: lastId, used: 0 };
    queue.push(behaviour);
    changed();
    return behaviour;
  }

  /** Uses up the first behaviour that fits the occasion and has one of these kinds. */
  function take<K extends EffectKind>(occasion: Occasion, kinds: readonly K[]): EffectOf<K> | undefined {
    const found = queue.find((one) => fits(one, occasion) && hasKind(one.effect, kinds));
    if (!found) return undefined;
    found.used += 1;
    if (found.times !== null && found.used >= found.times) queue = queue.filter((one) => one !== found);
    changed();
    return hasKind(found.effect, kinds) ? found.effect : undefined;
  }

  function remove(id?: number): number {
    const before = queue.length;
    queue = id === undefined ? [] : queue.filter((one) => one.id !== id);
    changed();
    return before - queue.length;
  }

  return { add, take, remove, list: (): readonly Behaviour[] => queue };
}

export type Behaviours = ReturnType<typeof createBehaviours>;

const hasKind = <K extends EffectKind>(effect: Effect, kinds: readonly K[]): effect is EffectOf<K> =>
  kinds.some((kind) => kind === effect.kind);

const fits = ({ provider, on, match }: Behaviour, occasion: Occasion): boolean =>
  provider === occasion.provider &&
  on === occasion.on &&
  Object.entries(match).every(([name, value]) => occasion.labels[name] === value);

const sleep = (ms: number, gone: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    gone.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/**
 * What any HTTP provider can be told to do with a request: a latency first, then one of the others. `own` names the
 * provider's own kinds, which are handed back in the order in which they were queued with the rest.
 */
export async function scripted<K extends EffectKind>(
  behaviours: Behaviours,
  occasion: Occasion,
  gone: AbortSignal,
  own: readonly K[],
): Promise<{ reply: Reply } | { effect: EffectOf<K> | undefined }> {
  const latency = behaviours.take(occasion, ["latency"]);
  if (latency) await sleep(latency.ms, gone);
  const common = ["timeout", "hang-up", "http"] as const;
  const effect: EffectOf<K | (typeof common)[number]> | undefined = behaviours.take(occasion, [
    ...common,
    ...own,
  ]);
  const reply = effect && commonReply(effect);
  return reply ? { reply } : { effect: effect as EffectOf<K> | undefined };
}

function commonReply(effect: Effect): Reply | undefined {
  if (effect.kind === "timeout") return { kind: "silence" };
  if (effect.kind === "hang-up") return { kind: "hang-up" };
  if (effect.kind !== "http") return undefined;
  const { status, body = { error: { message: "scripted by the sandbox" } }, headers } = effect;
  if (typeof body !== "string") return json(status, body, headers);
  return { kind: "reply", status, headers: { "content-type": "text/plain", ...headers }, body };
}
