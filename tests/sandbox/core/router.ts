import type { Reply, SandboxRequest } from "./http";

export interface Route {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** `/:version/:id/messages`; a parameter ends at the next slash. */
  path: string;
  /** What the log calls it, such as `send`. */
  type: string;
  handle: (request: SandboxRequest) => Reply | Promise<Reply>;
}

interface Found {
  route: Route;
  params: Record<string, string>;
}

function toPattern(path: string): RegExp {
  const escaped = path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/:(\w+)/g, "(?<$1>[^/]+?)")}$`);
}

/** Finds the route for a method and a path below the prefix, the first that fits. */
export function createRouter(routes: readonly Route[]) {
  const compiled = routes.map((route) => ({ route, pattern: toPattern(route.path) }));
  return (method: string, path: string): Found | undefined => {
    for (const { route, pattern } of compiled) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match) return { route, params: decode(match.groups ?? {}) };
    }
    return undefined;
  };
}

function decode(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeOrKeep(value)]));
}

function decodeOrKeep(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
