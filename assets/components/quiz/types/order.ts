import { mark } from "../marks";
import { all, find } from "../parts";
import { scoreChosen, type Response, type Result, type Scorable } from "../score";
import { shuffled } from "../shuffle";
import type { Answering, Context, Marking, Type } from "./type";

/** Things to put in order, with buttons that move each up or down: nothing has to be dragged. */
export const order: Type = (question, context) => new Order(question, context);

class Order implements Answering {
  private readonly scorable: Scorable;
  private readonly list: HTMLElement;
  private readonly written: HTMLElement[];
  private readonly right: string[];
  private moved = false;
  private locked = false;

  constructor(
    question: HTMLElement,
    private readonly context: Context,
  ) {
    this.list = find(question, ".options");
    const rows = (this.written = this.rows());
    this.right = rows
      .slice()
      .sort((a, b) => Number(a.dataset["place"]) - Number(b.dataset["place"]))
      .map(id);
    this.scorable = { type: "order", scoring: question.dataset["scoring"] ?? "", options: this.right.map((o) => ({ id: o })) };
    for (const row of rows) this.addMoves(row);
    this.refresh();
  }

  private rows(): HTMLElement[] {
    return all(this.list, ".option");
  }

  private addMoves(row: HTMLElement): void {
    const moves = this.context.parts.make("moves");
    const item = find(row, ".option-text").textContent?.trim() ?? "";
    for (const [name, words, step] of [
      ["up", "moveUp", -1],
      ["down", "moveDown", 1],
    ] as const) {
      const button = find<HTMLButtonElement>(moves, `[data-do="${name}"]`);
      button.setAttribute("aria-label", this.context.parts.words(words, { item }));
      button.addEventListener("click", () => this.move(row, step, item));
    }
    find(row, "label").after(moves);
  }

  /** Moves the neighbour and not the row itself, because an element that leaves the page for a moment loses the focus. */
  private move(row: HTMLElement, step: -1 | 1, item: string): void {
    const rows = this.rows();
    const at = rows.indexOf(row);
    const neighbour = rows[at + step];
    if (!neighbour || this.locked) return;
    if (step < 0) row.after(neighbour);
    else row.before(neighbour);
    this.moved = true;
    this.refresh();
    this.context.changed();
    this.context.say(this.context.parts.words("moved", { item, place: at + step + 1, total: rows.length }));
  }

  /** Buttons that would lead out of the list stay, or they would lose the focus, but say that they do nothing. */
  private refresh(): void {
    const rows = this.rows();
    rows.forEach((row, i) => {
      find(row, '[data-do="up"]').setAttribute("aria-disabled", String(this.locked || i === 0));
      find(row, '[data-do="down"]').setAttribute("aria-disabled", String(this.locked || i === rows.length - 1));
    });
  }

  score(response: Response): Result {
    return scoreChosen(this.scorable, response);
  }

  /** The order that stood there at first is no answer until something was moved. */
  read(given: boolean): Response {
    return { chosen: this.moved || given ? this.rows().map(id) : [] };
  }

  write({ chosen = [] }: Response): void {
    this.moved = chosen.length > 0;
    const rows = this.rows();
    for (const c of chosen) {
      const row = rows.find((x) => id(x) === c);
      if (row) this.list.append(row);
    }
    this.refresh();
  }

  arrange(next?: () => number): void {
    let rows = next ? shuffled(this.written, next) : this.written;
    // The right order would be no task.
    if (rows.every((row, i) => id(row) === this.right[i])) rows = rows.slice().reverse();
    this.list.append(...rows);
    this.moved = false;
    this.refresh();
  }

  lock(locked: boolean): void {
    this.locked = locked;
    this.refresh();
  }

  mark(marking: Marking): void {
    const { parts } = this.context;
    this.rows().forEach((row, i) => {
      const place = this.right.indexOf(id(row));
      const right = place === i;
      let words: HTMLElement | undefined;
      if (marking !== "none") words = parts.make(right ? "place-right" : marking === "all" ? "place-wrong" : "mark-wrong");
      if (words && !right && marking === "all") find(words, "span:last-child").textContent = parts.words("placeWrong", { place: place + 1 });
      mark(row, right ? "right" : "wrong", words, () => marking !== "none");
    });
  }
}

function id(row: HTMLElement): string {
  return row.dataset["option"] ?? "";
}
