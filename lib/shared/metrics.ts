import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { processWide } from "./process-wide";

function create() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter<Label>({
      name: `torqueflow_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [registry],
    });
  return {
    registry,
    named: {
      httpRequests: new Histogram({
        name: "torqueflow_http_request_seconds",
        help: "Time to answer, by route and status",
        labelNames: ["route", "status"],
        buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 5],
        registers: [registry],
      }),
      jobs: new Histogram({
        name: "torqueflow_job_seconds",
        help: "Time a job took, by name and outcome",
        labelNames: ["job", "outcome"],
        buckets: [0.05, 0.25, 1, 5, 30, 120],
        registers: [registry],
      }),
      jobLastDone: new Gauge({
        name: "torqueflow_job_last_done_timestamp_seconds",
        help: "When a job of this name last ended well in this process",
        labelNames: ["job"],
        registers: [registry],
      }),
      mails: counter("mails_total", "E-mails, by letter and what became of an attempt", [
        "letter",
        "outcome",
      ]),
      deadWorkers: counter("dead_workers_total", "Workers that were found gone with jobs under way", []),
      settles: counter("settles_total", "Interactions settled, by outcome", ["channel", "outcome"]),
      interactionsGivenUp: counter(
        "interactions_given_up_total",
        "Interactions that were not settled for eight days",
        ["channel"],
      ),
      failOpens: counter("fail_open_total", "Interactions allowed because the credit check failed", [
        "channel",
        "cause",
      ]),
      payments: counter("payments_total", "Payments read from Stripe, by what they meant for the ledger", [
        "outcome",
      ]),
      topUps: counter("top_ups_total", "Charges of auto top-up, by what became of them", ["outcome"]),
      subscriptions: counter("subscriptions_total", "Subscriptions read from Stripe, by what they meant", [
        "outcome",
      ]),
      stripeEvents: counter("stripe_events_total", "Stripe events received, by how", ["via", "outcome"]),
      cyclesLeft: counter("cycles_left_total", "Accounts whose renewal or expiry a sweep could not do", [
        "what",
      ]),
      ledgerDrift: counter("ledger_drift_total", "Accounts whose balance did not match their entries", []),
      voiceMessages: counter("voice_messages_total", "Voice webhook messages, by type", ["type"]),
      voiceAnswers: counter("voice_answers_total", "Assistant requests answered, by what the caller got", [
        "answer",
      ]),
      voiceUnstoredStarts: counter(
        "voice_unstored_starts_total",
        "Calls answered although their start was not stored",
        [],
      ),
      voiceUnknownNumbers: counter("voice_unknown_numbers_total", "Messages about an unknown number", [
        "type",
      ]),
      voiceCostProblems: counter("voice_cost_problems_total", "Reports whose cost was missing or refused", [
        "problem",
      ]),
      voiceToolCalls: counter("voice_tool_calls_total", "Tool calls, by tool and outcome", [
        "tool",
        "outcome",
      ]),
      voiceReconciled: counter(
        "voice_reconciled_total",
        "Calls fetched from the provider for want of a report",
        ["outcome"],
      ),
      messageItems: counter("message_items_total", "WhatsApp and SMS webhook items, by what became of them", [
        "channel",
        "outcome",
      ]),
      messagesReconciled: counter(
        "messages_reconciled_total",
        "Messages found or finished by asking the provider",
        ["channel", "outcome"],
      ),
    },
  };
}

const held = processWide("metrics", create);

export const registry = () => held().registry;

/** Every metric of the application, by name. Labels are closed sets: never an id, never anything personal. */
export const metrics = () => held().named;
