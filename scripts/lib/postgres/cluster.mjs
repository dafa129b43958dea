// A database cluster on disk: made once, complete or not at all.
import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { Advice } from "../log.mjs";
import { RUN_MARK } from "../processes.mjs";
import { programPath } from "./location.mjs";

/** PG* variables of the caller must not steer our server, nor the mark of a run end it with the run. */
export function serverEnvironment() {
  const own = Object.entries(process.env).filter(([name]) => name !== RUN_MARK && !/^(PG|LC_)/.test(name));
  return { ...Object.fromEntries(own), TZ: "UTC", LC_ALL: "C" };
}

const passwordFile = (dir) => `${dir}.password`;

export const readPassword = (dir) => readFileSync(passwordFile(dir), "utf8").trim();

export const clusterExists = (dir) => existsSync(path.join(dir, "PG_VERSION"));

function runInitdb(location, { target, password, sync }) {
  const args = ["-D", target, "-U", "postgres", `--pwfile=${password}`, "--auth=scram-sha-256"];
  args.push("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
  // Of a run's own, for an hour: each of its thousands of connections would stretch the password as for years.
  if (!sync) args.push("--no-sync", "-c", "scram_iterations=1");
  const options = { ...location.account, cwd: "/", encoding: "utf8", env: serverEnvironment() };
  if (process.platform === "win32") options.cwd = path.dirname(target);
  const result = spawnSync(programPath(location, "initdb"), args, options);
  if (result.status === 0) return;
  const words = [result.error?.message, result.stdout, result.stderr].filter(Boolean).join("\n");
  throw new Advice(`A database could not be made in ${target}.\n${words}`);
}

/** A cluster which was handed to root (`chown -R root`) is given back to the account that must read it. */
function reclaim({ uid, gid }, dir) {
  if (uid === undefined || statSync(dir).uid === uid) return;
  execFileSync("chown", ["-R", `${uid}:${gid}`, dir, passwordFile(dir)]);
}

/** Makes the cluster beside its place and renames it: a killed initdb leaves no half of one. */
export function ensureCluster(location, dir, { sync = true } = {}) {
  if (clusterExists(dir)) return reclaim(location.account, dir);
  const draft = `${dir}.init`;
  const password = passwordFile(dir);
  const { uid, gid } = location.account;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  writeFileSync(password, `${randomBytes(18).toString("base64url")}\n`, { mode: 0o600 });
  if (uid !== undefined) for (const file of [draft, password]) chownSync(file, uid, gid);
  runInitdb(location, { target: draft, password, sync });
  rmSync(dir, { recursive: true, force: true });
  renameSync(draft, dir);
}
