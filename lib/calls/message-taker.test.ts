import { expect, test } from "vitest";
import { MESSAGE_TAKER_SENTENCE, messageTaker } from "./message-taker";

const voice = { provider: "11labs", voiceId: "v", stability: 0.5 };
const transcriber = { provider: "deepgram", model: "nova-3", keyterm: ["MOT"] };
const model = { provider: "openai", model: "gpt-4.1-mini" };
const metadata = { orgId: "o" };
const assistant = messageTaker({ voice, transcriber, model, metadata });

test("the message-taker says the spec's sentence, and its prompt says the same", () => {
  expect(MESSAGE_TAKER_SENTENCE).toBe(
    "Thank you for calling. Can I take your name and number and have someone call you back?",
  );
  expect(assistant.firstMessage).toBe(MESSAGE_TAKER_SENTENCE);
  expect(assistant.model.messages[0]?.content).toContain(MESSAGE_TAKER_SENTENCE);
});

test("it has the persona's own voice and transcriber", () => {
  expect(assistant.voice).toBe(voice);
  expect(assistant.transcriber).toBe(transcriber);
});

test("it holds nothing that is or carries a tool, wherever one looks", () => {
  const keys: string[] = [];
  JSON.stringify(assistant, (key, value) => {
    keys.push(key);
    return value;
  });
  expect(keys.filter((key) => /tool|function|knowledge|hook|server(?!Messages)/i.test(key))).toEqual([]);
  expect(assistant.serverMessages).toEqual(["status-update", "end-of-call-report"]);
  expect(Object.keys(assistant.model).sort()).toEqual([
    "maxTokens",
    "messages",
    "model",
    "provider",
    "temperature",
  ]);
});

test("it does not hang up on its own first sentence, and hangs up on its last", () => {
  for (const phrase of assistant.endCallPhrases) {
    expect(assistant.firstMessage.toLowerCase()).not.toContain(phrase);
    expect(assistant.model.messages[0]?.content.toLowerCase()).toContain(phrase);
  }
});
