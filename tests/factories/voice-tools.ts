import type { Ctx } from "@/lib/auth/context";
import { newId } from "@/lib/shared/ids";
import type { Garage } from "./garage";
import { type ToolRequest, toolCalls, type VapiCallOptions } from "./vapi";
import { deliver } from "./voice-delivery";

type Result = { toolCallId: string; name: string; result?: string; error?: string };

/** Asks the tools of a garage's line as its assistant does, several at once or one. */
export function toolsOf(ctx: Ctx) {
  const ask = async (
    garage: Garage,
    requests: ToolRequest[],
    call: VapiCallOptions = {},
  ): Promise<Result[]> => {
    const { results } = await deliver(ctx, toolCalls(requests, { called: garage.number, ...call }));
    return results;
  };
  const askOne = async (
    garage: Garage,
    name: string,
    args: unknown,
    call: VapiCallOptions = {},
  ): Promise<Result> => {
    const [result] = await ask(garage, [{ id: `call_${newId()}`, name, args }], call);
    if (!result) throw new Error("no result");
    return result;
  };
  return { ask, askOne };
}
