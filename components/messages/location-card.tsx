import MapPin from "lucide-react/icons/map-pin";
import type { MessageDto } from "@/lib/inbox/client";

/** A place, in words and as a link: nothing is loaded from a map's server unless somebody goes there. */
export function LocationCard({ location }: { location: NonNullable<MessageDto["location"]> }) {
  const { latitude, longitude, name, address } = location;
  const at = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return (
    <div className="-mx-1.5 my-0.5 flex w-72 max-w-full gap-2.5 whitespace-normal rounded-md bg-surface/60 p-3">
      <MapPin aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
      <div className="min-w-0 text-sm">
        <p dir="auto" className="font-medium">
          {name ?? "Location"}
        </p>
        <p dir="auto" className="text-muted">
          {address ?? at}
        </p>
        <a
          href={map}
          target="_blank"
          rel="noreferrer"
          className="mt-1 inline-block font-medium underline underline-offset-2 hover:opacity-80"
        >
          Open map<span className="sr-only"> in a new tab</span>
        </a>
      </div>
    </div>
  );
}
