import { z } from "zod";
import type { SandboxOptions } from "../options";

const ms = z.number().int().min(0).max(600_000);

export const settingsInput = z.strictObject({
  /** `manual`: nothing is delivered until a flush. */
  delivery: z.enum(["auto", "manual"]),
  /** `any`: a number which nobody registered may send, too. */
  lines: z.enum(["known", "any"]),
  appUrl: z.url(),
  publicUrl: z.url(),
  /** Delays in milliseconds after a WhatsApp or SMS was accepted, for its statuses. */
  statusDelaysMs: z.strictObject({ sent: ms, delivered: ms, read: ms }),
  /** Whether customers read what they get (WhatsApp's blue ticks). */
  customersRead: z.boolean(),
  /** Twilio's fallback URL is configured on the numbers. */
  smsFallback: z.boolean(),
  /** Vapi's `server.backoffPlan.maxRetries`; its default is none. */
  voiceRetries: z.number().int().min(0).max(10),
  /** Vapi's deadline for an assistant-request, 7.5 s with the real one. */
  voiceDeadlineMs: ms,
  /** How long Meta, Twilio and Vapi wait for an answer to a delivery. */
  deliveryTimeoutMs: ms,
  /** Between two parts of a streamed answer. */
  streamPauseMs: ms,
});

export type Settings = z.output<typeof settingsInput>;

export const defaultSettings = ({ appUrl, publicUrl }: SandboxOptions): Settings => ({
  delivery: "auto",
  lines: "known",
  appUrl,
  publicUrl,
  statusDelaysMs: { sent: 50, delivered: 400, read: 1_500 },
  customersRead: true,
  smsFallback: true,
  voiceRetries: 0,
  voiceDeadlineMs: 7_500,
  deliveryTimeoutMs: 15_000,
  streamPauseMs: 15,
});
