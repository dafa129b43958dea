import { cloneDatabase } from "./database";

await cloneDatabase();
