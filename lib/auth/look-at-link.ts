import { AppError } from "@/lib/shared/errors";
import type { Ctx } from "./context";
import type { LinkKind } from "./link-kinds";
import { type LinkState, peekLink } from "./links";
import { begunHere } from "./sign-up-browser";
import { findByEmail } from "./store/credentials";

/** Links whose pages show no more than stands in their letter. */
export type ShownLink = Extract<LinkKind, "sign-up" | "password-reset" | "email-change">;

/** What the page behind a link shows. `taken`: the address has an account meanwhile. */
export type LinkView = {
  readonly state: LinkState<LinkKind>["kind"] | "taken";
  /** Where the link was sent; undefined for one that is unknown. */
  readonly email?: string;
  readonly name?: string;
  readonly garageName?: string;
  /** The sign-up was begun in another browser: the password that was typed there is not used. */
  readonly choosesPassword?: boolean;
  readonly newEmail?: string;
};

/** How a link stands, for whoever has it. Changes nothing. Throws not_found for a kind that is not shown. */
export async function lookAtLink(
  ctx: Ctx,
  { kind, token }: { readonly kind: string | undefined; readonly token: string },
  headers: Headers,
): Promise<LinkView> {
  switch (kind as ShownLink) {
    case "sign-up": {
      const state = await peekLink(ctx, "sign-up", token);
      if (!("link" in state)) return viewOf(state);
      const { email, data } = state.link;
      const { name, garageName, browserHash } = data;
      const choosesPassword = !begunHere(browserHash, headers);
      return { ...(await viewUnlessTaken(state, email)), name, garageName, choosesPassword };
    }
    case "password-reset":
      return viewOf(await peekLink(ctx, "password-reset", token));
    case "email-change": {
      const state = await peekLink(ctx, "email-change", token);
      if (!("link" in state)) return viewOf(state);
      const { side, newEmail } = state.link.data;
      // Whether the new address has an account is for its own mailbox alone: anybody may have asked for it.
      return { ...(side === "new" ? await viewUnlessTaken(state, newEmail) : viewOf(state)), newEmail };
    }
    default:
      throw new AppError("not_found", "Not found.");
  }
}

const viewOf = (state: LinkState<LinkKind>): LinkView => {
  if (state.kind === "unknown") return { state: "unknown" };
  return { state: state.kind, email: "link" in state ? state.link.email : state.email };
};

async function viewUnlessTaken(state: LinkState<LinkKind>, wanted: string): Promise<LinkView> {
  const view = viewOf(state);
  return (await findByEmail(wanted)) ? { ...view, state: "taken" } : view;
}
