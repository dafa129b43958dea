// The production build, made again only when its sources changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bundleProcesses } from "./bundle.mjs";
import { dataDir, fromRoot, root } from "./environment.mjs";
import { withLock } from "./file-lock.mjs";
import { Advice } from "./log.mjs";
import { identify, isSameProcess } from "./processes.mjs";
import { run, tools } from "./run.mjs";
import { serviceEnvironment } from "./services.mjs";

const NOT_BUILT = new Set([
  ...[
    "node_modules",
    ".next",
    ".data",
    "dist",
    ".git",
    ".ci",
    "docs",
    "scripts",
    "tests",
    "coverage",
    "test-results",
  ],
  ...["prisma/generated", "prisma/migrations", "prisma/seed", "prisma/catalog.sql", "next-env.d.ts"],
]);
const NOT_SOURCE = /(\.test\.tsx?|\.md|\.tsbuildinfo|\.log|^\.env.*)$/;
const stampFile = fromRoot(".next", "torqueflow-sources");
const usersDir = path.join(dataDir, "build-users");

function* sourceFiles(folder = "") {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const name = path.posix.join(folder, entry.name);
    if (NOT_BUILT.has(name) || NOT_SOURCE.test(entry.name)) continue;
    if (entry.isDirectory()) yield* sourceFiles(name);
    else if (entry.isFile()) yield name;
  }
}

function hashSources() {
  const hash = createHash("sha256");
  for (const file of [...sourceFiles()].sort()) hash.update(`${file}\0`).update(readFileSync(fromRoot(file)));
  return hash.digest("hex");
}

const isFresh = (hash) =>
  existsSync(fromRoot(".next", "BUILD_ID")) &&
  existsSync(stampFile) &&
  readFileSync(stampFile, "utf8") === hash;

/** Says that this process serves from the build, so that nobody replaces it underneath. */
export function holdBuild(what) {
  mkdirSync(usersDir, { recursive: true });
  const file = path.join(usersDir, `${process.pid}.json`);
  writeFileSync(file, JSON.stringify({ what, ...identify(process.pid) }));
  return () => rmSync(file, { force: true });
}

function otherUser() {
  if (!existsSync(usersDir)) return null;
  for (const name of readdirSync(usersDir)) {
    const file = path.join(usersDir, name);
    const user = JSON.parse(readFileSync(file, "utf8"));
    if (!isSameProcess(user)) rmSync(file, { force: true });
    else if (user.pid !== process.pid) return user;
  }
  return null;
}

async function build(hash, env) {
  const user = otherUser();
  if (user)
    throw new Advice(
      `The sources changed, but ${user.what} (process ${user.pid}) is serving the present build.\n` +
        "End it first (Ctrl-C where it runs), or use `npm run dev` while editing.",
    );
  rmSync(stampFile, { force: true });
  const { code, output } = await run([...tools.next(), "build"], { env: serviceEnvironment(env) });
  if (code !== 0) throw new Advice(`Building the application failed.\n${output.trim()}`);
  writeFileSync(stampFile, hash);
}

/** Builds when the sources differ from the last build's. @returns {Promise<boolean>} whether it built */
export async function ensureBuild(env, log) {
  const onWait = ({ pid }) => log.say(`  waiting for process ${pid}, which is building`);
  return withLock(
    path.join(dataDir, "build.lock"),
    async () => {
      const hash = hashSources();
      const builds = !isFresh(hash);
      if (builds) await log.step("Building the application", () => build(hash, env));
      await bundleProcesses();
      return builds;
    },
    { onWait },
  );
}
