import { createContext } from "react";
import type { MessageDto } from "@/lib/inbox/client";

/** The messages of the thread that is shown, whose pictures can be looked through. */
export const ThreadPictures = createContext<readonly MessageDto[]>([]);

export type ThreadPicture = {
  readonly id: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly caption: string | null;
  readonly message: MessageDto;
};

/** All pictures that are there, oldest first. */
export const picturesOf = (messages: readonly MessageDto[]): ThreadPicture[] =>
  messages.flatMap((message) =>
    message.revoked
      ? []
      : message.media.flatMap(({ id, kind, state, width, height }) =>
          id !== null && kind === "image" && state === "stored"
            ? [{ id, width, height, caption: message.caption, message }]
            : [],
        ),
  );
