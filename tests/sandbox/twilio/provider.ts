import type { HttpProvider } from "../core/providers";
import type { Route } from "../core/router";
import { twilioError } from "./errors";
import { handleMedia, handleMediaList } from "./media";
import { handleNumberChange, handleNumbers } from "./numbers";
import { handleGet, handleList } from "./read";
import { handleSend } from "./send";
import type { TwilioState } from "./state";

/** Twilio's REST API as far as messages need it: `TWILIO_API_BASE=<url>/twilio`. */
export function twilioProvider(state: TwilioState): HttpProvider {
  const messages = "/2010-04-01/Accounts/:account/Messages";
  const numbers = "/2010-04-01/Accounts/:account/IncomingPhoneNumbers";
  const routes: Route[] = [
    {
      method: "GET",
      path: `${numbers}.json`,
      type: "numbers",
      handle: (request) => handleNumbers(state, request),
    },
    {
      method: "POST",
      path: `${numbers}/:sid.json`,
      type: "change-number",
      handle: (request) => handleNumberChange(state, request),
    },
    {
      method: "POST",
      path: `${messages}.json`,
      type: "send",
      handle: (request) => handleSend(state, request),
    },
    {
      method: "GET",
      path: `${messages}.json`,
      type: "list",
      handle: (request) => handleList(state, request),
    },
    {
      method: "GET",
      path: `${messages}/:sid.json`,
      type: "get",
      handle: (request) => handleGet(state, request),
    },
    {
      method: "GET",
      path: `${messages}/:sid/Media.json`,
      type: "media-list",
      handle: (request) => handleMediaList(state, request),
    },
    {
      method: "GET",
      path: `${messages}/:sid/Media/:id`,
      type: "media",
      handle: (request) => handleMedia(state, request),
    },
  ];
  return {
    name: "twilio",
    prefix: "/twilio",
    routes,
    notFound: ({ path }) => twilioError(20404, `The requested resource ${path} was not found`),
    reset: state.reset,
  };
}
