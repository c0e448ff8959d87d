import { fill } from "./fill";
import { hotspot } from "./hotspot";
import { likert } from "./likert";
import { markText } from "./mark-text";
import { multiple } from "./multiple";
import { order } from "./order";
import { single } from "./single";
import { trueFalse } from "./true-false";
import type { Type } from "./type";

/** Every type of question, by its name in the sources. */
export const types: Record<string, Type> = {
  "true-false": trueFalse,
  single,
  multiple,
  order,
  likert,
  hotspot,
  "mark-text": markText,
  dropdowns: fill,
  text: fill,
  numeric: fill,
  match: fill,
  essay: fill,
};
