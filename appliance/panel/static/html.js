// Templates that make Preact's nodes.

import htm from "./vendor/htm.js";
import { h } from "./vendor/preact.js";

export { h };
export const html = htm.bind(h);
