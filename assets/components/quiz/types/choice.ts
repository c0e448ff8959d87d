import { all, find } from "../parts";
import type { Response, Scorable } from "../score";
import { shuffled } from "../shuffle";
import type { Answering, Context, Marking } from "./type";

// What true-false, single and multiple share: options with a radio button or a check box each.

interface Option {
  row: HTMLElement;
  input: HTMLInputElement;
  correct: boolean;
}

export class Choice implements Answering {
  readonly scorable: Scorable;
  private readonly options: Option[];

  constructor(
    question: HTMLElement,
    private readonly context: Context,
    private readonly missed: string, // the part that marks a right option that was not chosen
  ) {
    this.options = all(question, ".option").map((row) => {
      const input = find<HTMLInputElement>(row, "input");
      // A browser may bring back what was chosen before a reload; what is stored decides.
      input.checked = false;
      input.addEventListener("change", () => context.changed());
      return { row, input, correct: "correct" in row.dataset };
    });
    this.scorable = {
      type: question.dataset["type"] ?? "",
      scoring: question.dataset["scoring"] ?? "",
      options: this.options.map((o) => ({ id: o.input.value, correct: o.correct })),
    };
  }

  read(): Response {
    return { chosen: this.options.filter((o) => o.input.checked).map((o) => o.input.value) };
  }

  write({ chosen = [] }: Response): void {
    for (const o of this.options) o.input.checked = chosen.includes(o.input.value);
  }

  arrange(next?: () => number): void {
    for (const o of next ? shuffled(this.options, next) : this.options) o.row.parentElement?.append(o.row);
  }

  lock(locked: boolean): void {
    for (const o of this.options) o.input.disabled = locked;
  }

  mark(marking: Marking): void {
    for (const o of this.options) this.markOption(o, marking);
  }

  private markOption(o: Option, marking: Marking): void {
    o.row.querySelector(".mark")?.remove();
    delete o.row.dataset["mark"];
    const chosen = o.input.checked;
    const shown = marking === "all" || (marking === "chosen" && chosen);
    if (shown && (chosen || o.correct)) {
      const mark = chosen ? (o.correct ? "right" : "wrong") : "missed";
      o.row.dataset["mark"] = mark;
      find(o.row, "label").after(this.context.parts.make(mark === "missed" ? this.missed : "mark-" + mark));
    }
    for (const f of all(o.row, ".feedback")) f.hidden = !shown || (f.dataset["for"] === "chosen") !== chosen;
  }
}
