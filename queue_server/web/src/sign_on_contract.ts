// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { Words } from "./contract";

export interface CityFarewell {
  url: string | null;
}

export interface CitySignOn {
  offered: boolean;
  name: Words | null;
}
