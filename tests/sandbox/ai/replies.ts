import type { Intent } from "./intents";
import type { GarageFacts } from "./request";

/** A short answer as a garage's assistant would give it. It never states a price or a fact about a customer. */
export function replyFor(intent: Intent, words: string, { garage, hours, portal }: GarageFacts): string {
  switch (intent) {
    case "status_inquiry":
      return `Thanks for checking in with ${garage}. I've passed your message to the workshop and they'll confirm how your vehicle is getting on shortly.`;
    case "booking_request":
      return `Happy to help you book in at ${garage}. Which day suits you, and what's the registration?${portal ? ` You can also book at ${portal}.` : ""}`;
    case "quote_question":
      return `A technician at ${garage} will confirm the price for you. Could you send the registration and, if you can, the mileage?`;
    case "escalation_request":
      return `Of course. I'm passing this to the team at ${garage} now, and somebody will be in touch.`;
    case "continuation":
      return `Great, thank you. ${garage} has that noted. Is there anything else you need?`;
    case "spam":
      return `Thanks, but ${garage} isn't interested.`;
    case "unknown":
      return `Thanks for your message to ${garage}. Could you tell me a little more about what you need?`;
    case "general_question":
      return generalReply(words, garage, hours);
  }
}

function generalReply(words: string, garage: string, hours: string | undefined): string {
  if (/\b(open|opening|hours|close|closed)\b/i.test(words) && hours) return `${garage} is open ${hours}.`;
  if (/\bmot\b/i.test(words))
    return `Yes, ${garage} can help with your MOT. Would you like me to find you a slot?`;
  return `Good question. The team at ${garage} can help with that. Would you like someone to get in touch?`;
}
