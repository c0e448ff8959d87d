import { mark } from "../marks";
import { all, find } from "../parts";
import { scoreChosen, type Response, type Result, type Scorable } from "../score";
import { shuffled } from "../shuffle";
import type { Answering, Context, Marking } from "./type";

// What true-false, single, multiple, mark-text and hotspot share: options that are chosen or not.

export interface Option {
  id: string;
  correct: boolean;
  row: HTMLElement; // where its mark and its feedback stand
  control: HTMLInputElement | HTMLButtonElement;
  twin?: Element; // shows the same: the area of a picture, the words in a text
}

export class Choice implements Answering {
  private readonly scorable: Scorable;

  constructor(
    question: HTMLElement,
    private readonly context: Context,
    private readonly missed: string, // the part that marks a right option that was not chosen
    private readonly options: Option[] = inputs(question),
  ) {
    for (const o of options) {
      // A check box changes by itself, a button does not.
      if (isInput(o.control)) o.control.addEventListener("change", () => this.changed());
      else o.control.addEventListener("click", () => this.toggle(o));
    }
    this.scorable = { type: question.dataset["type"] ?? "", scoring: question.dataset["scoring"] ?? "", options };
    this.write({});
  }

  private toggle(o: Option): void {
    if (o.control.getAttribute("aria-disabled") === "true") return;
    set(o, !chosen(o));
    this.changed();
  }

  private changed(): void {
    for (const o of this.options) o.twin?.toggleAttribute("data-chosen", chosen(o));
    this.context.changed();
  }

  score(response: Response): Result {
    return scoreChosen(this.scorable, response);
  }

  read(): Response {
    return { chosen: this.options.filter(chosen).map((o) => o.id) };
  }

  /** A browser may bring back what was chosen before a reload; what is stored decides. */
  write({ chosen = [] }: Response): void {
    for (const o of this.options) set(o, chosen.includes(o.id));
  }

  arrange(next?: () => number): void {
    for (const o of next ? shuffled(this.options, next) : this.options) o.row.parentElement?.append(o.row);
  }

  lock(locked: boolean): void {
    for (const { control } of this.options) {
      if (isInput(control)) control.disabled = locked;
      else control.setAttribute("aria-disabled", String(locked));
    }
  }

  mark(marking: Marking): void {
    for (const o of this.options) {
      const is = chosen(o);
      const shown = marking === "all" || (marking === "chosen" && is);
      const kind = is ? (o.correct ? "right" : "wrong") : "missed";
      const marked = shown && (is || o.correct);
      mark(o.row, kind, marked ? this.context.parts.make(kind === "missed" ? this.missed : "mark-" + kind) : undefined, (f) => shown && (f.dataset["for"] === "chosen") === is);
      if (!o.twin) continue;
      if (marked) o.twin.setAttribute("data-mark", kind);
      else o.twin.removeAttribute("data-mark");
    }
  }
}

/** The options of a question that have an input each. */
export function inputs(question: HTMLElement): Option[] {
  return all(question, ".option").map((row) => {
    const control = find<HTMLInputElement>(row, "input");
    return { id: control.value, correct: "correct" in row.dataset, row, control };
  });
}

function isInput(control: HTMLElement): control is HTMLInputElement {
  return control instanceof HTMLInputElement;
}

function chosen({ control }: Option): boolean {
  return isInput(control) ? control.checked : control.getAttribute("aria-pressed") === "true";
}

function set({ control, twin }: Option, on: boolean): void {
  if (isInput(control)) control.checked = on;
  else control.setAttribute("aria-pressed", String(on));
  twin?.toggleAttribute("data-chosen", on);
}
