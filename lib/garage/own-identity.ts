import { readOwnIdentity } from "./store/profiles";

/** What a message of the garage's own accord leaves from: its SMS number, or WhatsApp's phone_number_id; undefined without one. */
export const ownIdentity = (orgId: string, channel: "whatsapp" | "sms"): Promise<string | undefined> =>
  readOwnIdentity(orgId, channel);
