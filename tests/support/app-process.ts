import { startChild, untilReady } from "@/scripts/lib/children.mjs";
import { databaseEnvironment, loadTestEnvironment } from "@/scripts/lib/environment.mjs";
import { anyFreePort } from "@/scripts/lib/ports.mjs";
import { appService, workerService } from "@/scripts/lib/services.mjs";

const KEPT_LINES = 200;

export interface RunningService {
  /** Base URL, without a slash at the end; empty for a service that does not listen. */
  url: string;
  pid: number;
  env: Record<string, string>;
  /** The last lines it printed, oldest first. */
  output: string[];
  /** Its exit code, once it has ended. */
  exited: Promise<number>;
  stop: () => Promise<void>;
}

export interface ServiceOptions {
  databaseUrl: string;
  env?: Record<string, string>;
}

async function startService(name: "app" | "worker", options: ServiceOptions): Promise<RunningService> {
  const port = await anyFreePort();
  const url = `http://127.0.0.1:${port}`;
  const given = {
    ...loadTestEnvironment(),
    ...databaseEnvironment(options.databaseUrl),
    APP_URL: url,
    ...options.env,
  };
  const service = name === "app" ? appService({ url, env: given }) : workerService({ env: given });
  const { env } = service;
  const output: string[] = [];
  const onLine = (line: string) => {
    output.push(line);
    if (output.length > KEPT_LINES) output.shift();
  };
  const child = startChild({ name, args: service.args, env, onLine });
  const stop = async () => void (await child.stop());
  try {
    const { ready } = service;
    await ("url" in ready ? untilReady(child, ready.url) : child.lineMatching(ready.line));
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}\n${output.join("\n")}`);
  }
  const exited = child.exited.then(({ code }) => code);
  return { url: name === "app" ? url : "", pid: child.record.pid, env, output, exited, stop };
}

/** Starts the built application in its own process on a free port. Stop it in afterAll. */
export const startApp = (options: ServiceOptions): Promise<RunningService> => startService("app", options);

/** Starts a worker in its own process. Stop it in afterAll. */
export const startWorker = (options: ServiceOptions): Promise<RunningService> =>
  startService("worker", options);
