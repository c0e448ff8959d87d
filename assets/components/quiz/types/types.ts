import type { Type } from "./type";
import { multiple } from "./multiple";
import { order } from "./order";
import { single } from "./single";
import { trueFalse } from "./true-false";

/** The types of questions that most quizzes are made of, by their names in the sources. */
export const types: Record<string, Type> = {
  "true-false": trueFalse,
  single,
  multiple,
  order,
};
