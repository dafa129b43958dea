// The processes of the product and its local providers. `whenItEnds`: "end" ends the demo with it, "restart" starts it
// again after a pause. `ready`: an address to poll, or a line to wait for.
import { bundled } from "./bundle.mjs";
import { tools } from "./run.mjs";

export const appService = ({ url, env, hotReload = false }) => ({
  name: "app",
  args: hotReload ? tools.tsx("lib/jobs/serve.ts") : [bundled("serve")],
  env: { ...serviceEnvironment(env, { hotReload }), PORT: new URL(url).port },
  whenItEnds: "end",
  ready: { url: `${url}/api/ready` },
  plain: hotReload,
});

export const workerService = ({ env, hotReload = false }) => ({
  name: "worker",
  args: hotReload ? tools.tsx("lib/jobs/worker.ts") : [bundled("worker")],
  env: serviceEnvironment(env, { hotReload }),
  whenItEnds: "restart",
  ready: { line: /worker ready/ },
});

/** Stands in for telephony, messaging, payments, the model and mail; its page plays the customer. */
export const providersService = ({ env }) => ({
  name: "providers",
  args: tools.tsx("tests/sandbox/run.ts"),
  env: serviceEnvironment(env),
  whenItEnds: "restart",
  ready: { line: /sandbox ready/ },
});

/** NODE_ENV and the test runner's variables of a parent must not leak into the product's processes. */
export function serviceEnvironment(env, { hotReload = false } = {}) {
  const own = Object.entries(env).filter(([name]) => !/^(VITEST|TEST$|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(own), NODE_ENV: hotReload ? "development" : "production" };
}
