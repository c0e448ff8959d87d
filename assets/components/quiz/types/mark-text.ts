import { all, find } from "../parts";
import { Choice } from "./choice";
import type { Type } from "./type";

/** Words in a text, each a button that stays pressed. What is said about them stands below, or the text could not be read. */
export const markText: Type = (question, context) => {
  const options = all<HTMLButtonElement>(question, ".word").map((control) => {
    const id = control.dataset["option"] ?? "";
    const row = find(question, `.note[data-note="${id}"]`);
    find(row, "q").textContent = control.textContent;
    return { id, correct: "correct" in control.dataset, row, control, twin: control };
  });
  const choice = new Choice(question, context, "mark-missed", options);
  choice.arrange = () => undefined;
  return choice;
};
