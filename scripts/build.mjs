// `npm run build`: what `npm start` and `npm run worker` run, in `.next` and `dist`.
import { rmSync } from "node:fs";
import { bundleProcesses } from "./lib/bundle.mjs";
import { fromRoot } from "./lib/environment.mjs";
import { runMain } from "./lib/log.mjs";
import { run, tools } from "./lib/run.mjs";

await runMain(async () => {
  const { code } = await run([...tools.next(), "build"], { inherit: true });
  if (code !== 0) return code;
  rmSync(fromRoot("dist"), { recursive: true, force: true });
  await bundleProcesses();
  return 0;
});
