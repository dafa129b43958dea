import type { SandboxOptions, Secrets } from "../options";
import { type Behaviours, createBehaviours } from "./behaviours";
import { type Clock, createClock } from "./clock";
import { createEvents, type Events } from "./events";
import { createHealth, type Health } from "./line-health";
import { createLines, type Lines } from "./lines";
import { createMedia, type MediaFiles } from "./media";
import { Outbox } from "./outbox";
import { createRequestLog, type RequestLog } from "./request-log";
import { defaultSettings, type Settings } from "./settings";
import { createThreads, type Threads } from "./threads";
import { ownTime, type Time } from "./time";

/** What every provider of one sandbox shares. */
export interface Sandbox {
  secrets: Secrets;
  clock: Clock;
  /** Moves the clock. */
  time: Time;
  events: Events;
  log: RequestLog;
  behaviours: Behaviours;
  outbox: Outbox;
  lines: Lines;
  health: Health;
  media: MediaFiles;
  threads: Threads;
  settings: () => Settings;
  changeSettings: (change: Partial<Settings>) => Settings;
  /** This sandbox's own address, without a slash at the end. */
  url: () => string;
  setUrl: (url: string) => void;
  reset: () => void;
}

export function createSandbox(
  options: SandboxOptions,
  clock = createClock(),
  time = ownTime(clock),
): Sandbox {
  const events = createEvents();
  const log = createRequestLog(clock, events);
  const behaviours = createBehaviours(events);
  let settings = defaultSettings(options);
  let url = "";
  const outbox = new Outbox({ behaviours, log, events, settings: () => settings });
  const threads = createThreads(clock, events);
  const lines = createLines();
  const health = createHealth();
  const media = createMedia();

  const changeSettings = (change: Partial<Settings>): Settings => {
    settings = { ...settings, ...change };
    outbox.schedule();
    events.publish({ type: "state", data: null });
    return settings;
  };
  const reset = () => {
    outbox.clear();
    behaviours.remove();
    for (const part of [clock, lines, health, media, threads]) part.reset();
    log.clear();
    // Where the application is does not change with a new test.
    const { appUrl, publicUrl } = settings;
    changeSettings({ ...defaultSettings(options), appUrl, publicUrl });
  };
  return {
    secrets: options.secrets,
    clock,
    time,
    events,
    log,
    behaviours,
    outbox,
    lines,
    health,
    media,
    threads,
    settings: () => settings,
    changeSettings,
    url: () => url,
    setUrl: (own) => {
      url = own;
    },
    reset,
  };
}
