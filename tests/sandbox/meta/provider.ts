import type { HttpProvider } from "../core/providers";
import type { Route } from "../core/router";
import { unknownObject } from "./errors";
import { handleTemplates } from "./list-templates";
import { handleDownload, handleMedia } from "./media";
import { handleNumber, handleSubscriptions, numberNamed } from "./numbers";
import { handleMessages } from "./send";
import type { MetaState } from "./state";
import { handleUpload } from "./upload";

/** Meta's Graph API as far as WhatsApp needs it: `META_API_BASE=<url>/meta`, any version such as `v24.0`. */
export function metaProvider(state: MetaState): HttpProvider {
  const routes: Route[] = [
    {
      method: "GET",
      path: "/lookaside/whatsapp_business/attachments/",
      type: "download",
      handle: (request) => handleDownload(state, request),
    },
    {
      method: "POST",
      path: "/:version/:id/messages",
      type: "send",
      handle: (request) => handleMessages(state, request),
    },
    {
      method: "GET",
      path: "/:version/:id/message_templates",
      type: "templates",
      handle: (request) => handleTemplates(state, request),
    },
    {
      method: "POST",
      path: "/:version/:id/media",
      type: "upload",
      handle: (request) => handleUpload(state, request),
    },
    {
      method: "GET",
      path: "/:version/:id/subscribed_apps",
      type: "subscriptions",
      handle: (request) => handleSubscriptions(state, request),
    },
    {
      method: "POST",
      path: "/:version/:id/subscribed_apps",
      type: "subscribe",
      handle: (request) => handleSubscriptions(state, request),
    },
    {
      method: "GET",
      path: "/:version/:id",
      type: "media",
      handle: (request) => {
        const number = numberNamed(state, request.params.id ?? "");
        return number ? handleNumber(state, request, number) : handleMedia(state, request);
      },
    },
  ];
  return {
    name: "meta",
    prefix: "/meta",
    routes,
    notFound: ({ method, path }) => unknownObject(method, path.split("/")[2] ?? ""),
    reset: state.reset,
  };
}
