// `npm run demo`: everything, from nothing, with one command. `--dev` serves with hot reload.
import { runDemo } from "./lib/demo.mjs";
import { runMain } from "./lib/log.mjs";

await runMain(() => runDemo({ hotReload: process.argv.includes("--dev") }));
