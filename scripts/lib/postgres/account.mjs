// PostgreSQL refuses to run as root. Started by root, it runs as the owner of its data directory,
// else as the account `postgres`, which is made when missing.
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { Advice } from "../log.mjs";

const isRoot = () => process.getuid?.() === 0;
const CREATORS = [
  ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"],
  ["adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", "postgres"],
];

function lookUp() {
  const id = (flag) =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return null;
  }
}

function create() {
  for (const [command, ...args] of CREATORS) {
    try {
      execFileSync(command, args, { stdio: "ignore" });
      return lookUp();
    } catch {} // not on this system: try the next
  }
  return null;
}

function ownerOf(dir) {
  try {
    const { uid, gid } = statSync(dir);
    return uid === 0 ? null : { uid, gid };
  } catch {
    return null;
  }
}

/** Spawn options for the server's processes: empty for an ordinary user. @returns {{uid?: number, gid?: number}} */
export function serverAccount(dir) {
  if (!isRoot()) return {};
  const account = ownerOf(dir) ?? lookUp() ?? create();
  if (account) return account;
  throw new Advice(
    "PostgreSQL does not run as root, and an account `postgres` could not be made.\n" +
      "Run this as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.",
  );
}
