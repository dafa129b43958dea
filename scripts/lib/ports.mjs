// Free ports on the loopback interface, and who holds a taken one.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { commandLine } from "./processes.mjs";

const LAST_PORT = 65535;

const NO_SUCH_ADDRESS = ["EADDRNOTAVAIL", "EAFNOSUPPORT"];

/** The port it got; null where the port is taken. A machine without IPv6 has nothing taken there. */
function tryListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", ({ code }) => resolve(NO_SUCH_ADDRESS.includes(code) ? port : null));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address.port));
    });
  });
}

/** Free on both loopback addresses: `localhost` may mean either. */
export const isPortFree = async (port) =>
  (await tryListen(port, "127.0.0.1")) !== null && (await tryListen(port, "::1")) !== null;

export async function anyFreePort() {
  for (;;) {
    const port = await tryListen(0, "127.0.0.1");
    if (port !== null && (await isPortFree(port))) return port;
  }
}

/** The first free port from `preferred` upwards, within a short way; else any. */
export async function freePortNear(preferred, reach = 20) {
  for (let port = preferred; port < preferred + reach && port <= LAST_PORT; port++)
    if (await isPortFree(port)) return port;
  return anyFreePort();
}

function listeningInodes(port) {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const inodes = new Set();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const line of readFileSync(table, "utf8").split("\n").slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === "0A" && local.endsWith(wanted)) inodes.add(`socket:[${inode}]`);
    }
  }
  return inodes;
}

/** "process 123 (node server.js)" for a taken port, as far as this user may see; null when unknown. */
export function describePortHolder(port) {
  try {
    const inodes = listeningInodes(port);
    for (const pid of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
      try {
        const files = readdirSync(`/proc/${pid}/fd`);
        if (files.some((file) => inodes.has(readlinkSync(`/proc/${pid}/fd/${file}`))))
          return `process ${pid} (${commandLine(Number(pid)).replaceAll(/\s+/g, " ").slice(0, 80)})`;
      } catch {} // a process of another user, or one that ended meanwhile
    }
  } catch {} // no /proc on this system
  return null;
}
