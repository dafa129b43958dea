/** The objects of one kind. */
export interface Store<T extends { id: string }> {
  get: (id: string) => T | undefined;
  /** Adds an object, or takes the place of the one with its id. */
  put: (object: T) => T;
  remove: (id: string) => void;
  /** The newest first, as Stripe lists them. */
  list: () => T[];
  clear: () => void;
}

export function createStore<T extends { id: string }>(): Store<T> {
  const objects = new Map<string, T>();
  return {
    get: (id) => objects.get(id),
    put: (object) => {
      objects.set(object.id, object);
      return object;
    },
    remove: (id) => void objects.delete(id),
    list: () => [...objects.values()].reverse(),
    clear: () => objects.clear(),
  };
}
