import { fill } from "./fill";
import { hotspot } from "./hotspot";
import { likert } from "./likert";
import { markText } from "./mark-text";
import type { Type } from "./type";
import { types } from "./types";

/** Every type of question, by its name in the sources. */
export const every: Record<string, Type> = {
  ...types,
  dropdowns: fill,
  text: fill,
  numeric: fill,
  match: fill,
  essay: fill,
  "mark-text": markText,
  hotspot,
  likert,
};
