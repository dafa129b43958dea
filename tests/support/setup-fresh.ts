import { vi } from "vitest";
import { forgetProcess, restoreEnvironment } from "./fresh";

// The files of a process follow each other in it, so that node_modules is read once. Each begins as in a new process: with
// the environment of the run, nothing kept process-wide, and our own modules unread.
restoreEnvironment();
forgetProcess();
vi.resetModules();
