// The server processes, application and worker, each with our own modules in one file of `dist`: read one by one through a
// loader of TypeScript they cost a start three times the processor time. Packages stay where npm put them.
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fromRoot, root } from "./environment.mjs";

const PROCESSES = ["serve", "worker"];

/** The file that `node` runs for a server process. */
export const bundled = (name) => fromRoot("dist", `${name}.mjs`);

/** A process that starts at this moment finds the file before or the file after, never half of one. */
function replaceFile(file, contents) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
}

/** Takes half a second, so that nobody asks whether it is fresh. */
export async function bundleProcesses() {
  // Imported here: who asks where a bundle is, such as the demo, starts before packages are installed.
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: PROCESSES.map((name) => `lib/jobs/${name}.ts`),
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    jsx: "automatic",
    write: false,
  });
  mkdirSync(fromRoot("dist"), { recursive: true });
  // Chunks have their content in their names, and come before what imports them.
  const isProcess = ({ path: file }) => PROCESSES.includes(path.basename(file, ".mjs"));
  for (const file of [...outputFiles].sort((a, b) => isProcess(a) - isProcess(b)))
    replaceFile(file.path, file.contents);
}
