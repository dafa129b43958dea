import Bell from "lucide-react/icons/bell";
import Bot from "lucide-react/icons/bot";
import CreditCard from "lucide-react/icons/credit-card";
import History from "lucide-react/icons/history";
import House from "lucide-react/icons/house";
import MessageSquare from "lucide-react/icons/message-square";
import Phone from "lucide-react/icons/phone";
import RadioTower from "lucide-react/icons/radio-tower";
import Settings from "lucide-react/icons/settings";
import Stethoscope from "lucide-react/icons/stethoscope";
import Store from "lucide-react/icons/store";
import UserRound from "lucide-react/icons/user-round";
import Users from "lucide-react/icons/users";
import type { IconName } from "./navigation";

export const ICONS = {
  home: House,
  messages: MessageSquare,
  calls: Phone,
  diagnostics: Stethoscope,
  settings: Settings,
  garage: Store,
  persona: Bot,
  channels: RadioTower,
  team: Users,
  notifications: Bell,
  billing: CreditCard,
  account: UserRound,
  audit: History,
} satisfies Record<IconName, unknown>;
