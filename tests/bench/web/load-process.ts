/** The load generator, a process of its own: it keeps connections busy, and says how fast answers came. */
import { obeyParent } from "../commands";
import { messageCommands } from "./message-load";
import { voiceCommands } from "./voice-load";

const commands = { ...voiceCommands, ...messageCommands };

export type LoadCommands = typeof commands;

obeyParent(commands);
