import { multiple } from "./multiple";
import { order } from "./order";
import { single } from "./single";
import { trueFalse } from "./true-false";
import type { Type } from "./type";

/** Every type of question that the script can bring to life, by its name in the sources. */
export const types: Record<string, Type> = {
  "true-false": trueFalse,
  single,
  multiple,
  order,
};
