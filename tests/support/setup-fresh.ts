import { beforeAll, vi } from "vitest";
import { forgetEnvironment, forgetProcess, restoreEnvironment } from "./fresh";

// The files of a process follow each other in it, so that node_modules is read once. Each begins as in a new process: with
// the environment of the run, nothing kept process-wide, and our own modules unread.
restoreEnvironment();
forgetProcess();
vi.resetModules();
// While the file is read it starts its providers and says where they are; what an earlier file left running may have read the
// environment before that.
beforeAll(forgetEnvironment);
