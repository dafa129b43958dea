import { beforeAll } from "vitest";
import { forgetEnvironment, forgetProcess, restoreEnvironment } from "./fresh";

// The files of a process follow each other in it, so that each module is read once. Each begins with the environment of the
// run and with nothing kept process-wide, as in a new process.
restoreEnvironment();
forgetProcess();
// While the file is read it starts its providers and says where they are; what an earlier file left running may have read the
// environment before that.
beforeAll(forgetEnvironment);
