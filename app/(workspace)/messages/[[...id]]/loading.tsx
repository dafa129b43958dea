import { InboxSkeleton } from "@/components/messages/skeletons";

export default function Loading() {
  return <InboxSkeleton />;
}
