const held = globalThis as { torqueflow?: Map<string, unknown> };

/**
 * One value per process, by name, made when it is first asked for. The server bundles routes and start-up apart, so that a
 * module's own variables exist once in each bundle: what must be shared (a pool, a cache, a listener's subject) is kept here.
 */
export function processWide<T>(name: string, create: () => T): () => T {
  return () => {
    held.torqueflow ??= new Map();
    if (!held.torqueflow.has(name)) held.torqueflow.set(name, create());
    return held.torqueflow.get(name) as T;
  };
}
