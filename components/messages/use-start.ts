import { useMutation } from "@tanstack/react-query";
import { sendApi } from "@/components/layout/api";
import { START_PATH } from "@/lib/inbox/client";

type Start = { readonly channel: "sms" | "whatsapp"; readonly phone: string };

/** Opens the conversation with a number, made where there is none. Nothing is sent. */
export const useStart = (onOpen: (id: string) => void) =>
  useMutation({
    mutationFn: (wanted: Start) => sendApi<{ id: string }>(START_PATH, wanted),
    onSuccess: ({ id }) => onOpen(id),
  });
