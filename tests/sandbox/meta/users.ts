import { bsuidOf } from "../core/ids";

/** A customer with WhatsApp: `waId` is the number without a plus, as Meta writes it. */
export interface MetaUser {
  waId: string;
  bsuid: string;
  name: string;
}

export const BSUID = /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/;
const COUNTRY_CODE = "44";

export const userOf = (number: string, name: string): MetaUser => ({
  waId: number.replace(/\D/g, ""),
  bsuid: bsuidOf(number.replace(/\D/g, "")),
  name,
});

/** Everyone who ever wrote, so that a business-scoped user id leads to its phone. */
export function createUsers() {
  const byBsuid = new Map<string, MetaUser>();
  const byNumber = new Map<string, MetaUser>();
  return {
    remember: (user: MetaUser): void => {
      byBsuid.set(user.bsuid, user);
      byNumber.set(user.waId, user);
    },
    /**
     * The user a message is addressed to: `to` wins over `recipient`. A number without a plus and without the business'
     * own country code gets that code in front. Source: Meta, "Business-scoped user IDs" and "Send messages"
     */
    addressed: (to: string, recipient: string): MetaUser | undefined => {
      if (to === "")
        return BSUID.test(recipient) ? (byBsuid.get(recipient) ?? stranger(recipient)) : undefined;
      const digits = to.replace(/\D/g, "");
      if (digits.length < 5 || digits.length > 15 || /[a-z]/i.test(to)) return undefined;
      const complete = to.trim().startsWith("+") || digits.startsWith(COUNTRY_CODE);
      const waId = complete ? digits : `${COUNTRY_CODE}${digits}`;
      return byNumber.get(waId) ?? userOf(waId, "");
    },
    reset: () => {
      byBsuid.clear();
      byNumber.clear();
    },
  };
}

export type Users = ReturnType<typeof createUsers>;

/** Somebody of whom only the id is known. */
export const stranger = (bsuid: string): MetaUser => ({ waId: "", bsuid, name: "" });

/** How the sandbox files a user: by number, else by id. */
export const customerOf = ({ waId, bsuid }: MetaUser): string => (waId === "" ? bsuid : `+${waId}`);
