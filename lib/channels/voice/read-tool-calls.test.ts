import { expect, test } from "vitest";
import type { Json } from "@/tests/factories/vapi";
import { parseVoice } from "./parse";

const read = (fields: Json) => {
  const { message } = parseVoice(
    Buffer.from(JSON.stringify({ message: { type: "tool-calls", call: { id: "c" }, ...fields } })),
  );
  return message.type === "tool-calls" ? message.calls : [];
};
const ARGS = { registration: "AB12 CDE" };
const EXPECTED = [{ id: "call_1", name: "work_order_status", args: ARGS }];
const named = { id: "call_1", type: "function" };

test.each<[string, Json]>([
  [
    "function.arguments as an object",
    { toolCallList: [{ ...named, function: { name: "work_order_status", arguments: ARGS } }] },
  ],
  [
    "function.arguments as text",
    {
      toolCallList: [{ ...named, function: { name: "work_order_status", arguments: JSON.stringify(ARGS) } }],
    },
  ],
  [
    "function.parameters",
    { toolCallList: [{ ...named, function: { name: "work_order_status", parameters: ARGS } }] },
  ],
  [
    "arguments beside the name",
    { toolCallList: [{ id: "call_1", name: "work_order_status", arguments: ARGS }] },
  ],
  [
    "parameters beside the name",
    { toolCallList: [{ id: "call_1", name: "work_order_status", parameters: JSON.stringify(ARGS) }] },
  ],
  ["the older list", { toolCalls: [{ ...named, function: { name: "work_order_status", arguments: ARGS } }] }],
  [
    "the list with definitions",
    {
      toolWithToolCallList: [
        {
          type: "function",
          function: { name: "work_order_status" },
          toolCall: { id: "call_1", function: { arguments: ARGS } },
        },
      ],
    },
  ],
  [
    "the list with definitions and names beside",
    { toolWithToolCallList: [{ name: "work_order_status", toolCall: { id: "call_1", parameters: ARGS } }] },
  ],
])("a tool call is read from %s", (_, fields) => {
  expect(read(fields)).toEqual(EXPECTED);
});

test.each<[string, unknown, unknown]>([
  ["missing", undefined, {}],
  ["null", null, {}],
  ["empty text", "", {}],
  ["broken text", '{"a":', undefined],
  ["text of a list", "[1]", undefined],
  ["a number", 5, undefined],
  ["text with a NUL inside", '{"a":"x\\u0000y"}', { a: "xy" }],
])("arguments that are %s", (_, args, expected) => {
  expect(read({ toolCallList: [{ id: "1", function: { name: "x", arguments: args } }] })[0]?.args).toEqual(
    expected,
  );
});

test("ids are kept exactly and in order; an item that is none still has its place", () => {
  const calls = read({ toolCallList: [{ id: " a " }, null, { id: 7 }, "x"] });
  expect(calls.map(({ id }) => id)).toEqual([" a ", "", "7", ""]);
});
