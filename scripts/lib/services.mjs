// The processes of the product, in the order in which they are stopped. A new one is one more entry.
import { tools } from "./run.mjs";

/**
 * `whenItEnds`: "end" ends the demo with it, "restart" starts it again after a pause.
 * `ready`: a path to poll, or a line to wait for.
 */
export function services({ port, hotReload = false, providers = false }) {
  const dev = [...tools.next(), "dev", "-H", "127.0.0.1", "-p", String(port)];
  return [
    {
      name: "app",
      args: hotReload ? dev : tools.tsx("lib/jobs/serve.ts"),
      whenItEnds: "end",
      ready: { path: "/api/ready" },
    },
    {
      name: "worker",
      args: tools.tsx("lib/jobs/worker.ts"),
      whenItEnds: "restart",
      ready: { line: /worker ready/ },
    },
    ...(providers ? [localProviders()] : []),
  ];
}

/** Stands in for telephony, messaging, the model and mail; its page plays the customer. */
const localProviders = () => ({
  name: "providers",
  args: tools.tsx("tests/sandbox/run.ts"),
  whenItEnds: "restart",
  ready: { line: /sandbox ready/ },
});

/** NODE_ENV and the test runner's variables of a parent must not leak into the product's processes. */
export function serviceEnvironment(env, { hotReload = false } = {}) {
  const own = Object.entries(env).filter(([name]) => !/^(VITEST|TEST$|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(own), NODE_ENV: hotReload ? "development" : "production" };
}
