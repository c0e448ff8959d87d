import { accepts, scoreFilled } from "../filled";
import { mark } from "../marks";
import { all, find, number } from "../parts";
import { own, type Gap, type Response, type Result, type Scorable } from "../score";
import { shuffled } from "../shuffle";
import type { Answering, Context, Marking, Type } from "./type";

// Dropdowns, texts, numbers, matches and essays: each part of the answer is a field with a value.

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** A field with the place where its mark and its feedback stand: a row of the list below the text, or of a match the pair itself. */
interface Blank {
  id: string;
  field: Field;
  row: HTMLElement | undefined;
}

export const fill: Type = (question, context) => new Fill(question, context);

class Fill implements Answering {
  private readonly scorable: Scorable;
  private readonly blanks: Blank[];

  constructor(
    private readonly question: HTMLElement,
    private readonly context: Context,
  ) {
    this.blanks = all<Field>(question, ".field").map((field) => {
      const id = field.dataset["field"] ?? "";
      const row = field.closest<HTMLElement>(".pair") ?? question.querySelector<HTMLElement>(`.note[data-note="${id}"]`);
      field.addEventListener("input", () => context.changed());
      return { id, field, row: row ?? undefined };
    });
    this.scorable = this.scorableOf(question.dataset["type"] ?? "");
    if (this.scorable.type === "match") this.lendFeedback();
  }

  private scorableOf(type: string): Scorable {
    const q: Scorable = { type, scoring: this.question.dataset["scoring"] ?? "" };
    const { dataset } = this.blanks[0]?.field ?? this.question;
    if (type === "numeric") q.number = { least: Number(dataset["least"]), most: Number(dataset["most"]), unit: dataset["unit"] ?? "" };
    if (type === "match") q.pairs = this.blanks.map(({ id, field }) => ({ id, choice: field.dataset["choice"] ?? "" }));
    if (type === "dropdowns" || type === "text") q.gaps = this.blanks.map(gap);
    return q;
  }

  /** The feedback of a choice stands once on the page and is said of every pair that it was given to. */
  private lendFeedback(): void {
    for (const f of all(this.question, ".lent > .feedback")) for (const b of this.blanks) b.row?.append(f.cloneNode(true));
  }

  score(response: Response): Result {
    return scoreFilled(this.scorable, response);
  }

  read(): Response {
    const filled: Record<string, string> = {};
    for (const { id, field } of this.blanks) filled[id] = field.value;
    return { filled };
  }

  write({ filled = {} }: Response): void {
    for (const { id, field } of this.blanks) {
      field.value = own(filled, id) ?? "";
      if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = ""; // the choice is no longer there
    }
  }

  arrange(next?: () => number): void {
    let order: number[] | undefined;
    for (const { field } of this.blanks) {
      if (!(field instanceof HTMLSelectElement)) continue;
      const choices = Array.from(field.options).slice(1);
      choices.forEach((c, i) => (c.dataset["at"] ??= String(i)));
      // The choices of a match are the same in each row, and so is their order.
      if (!order || this.scorable.type !== "match") {
        const places = choices.map((_, i) => i);
        order = next ? shuffled(places, next) : places;
      }
      field.append(...order.map((at) => choices.find((c) => c.dataset["at"] === String(at))!));
    }
  }

  lock(locked: boolean): void {
    for (const { field } of this.blanks) field.disabled = locked;
  }

  mark(marking: Marking): void {
    const { parts } = this.score(this.read());
    for (const b of this.blanks) if (b.row) this.markBlank(b, b.row, marking, parts[b.id] === true);
  }

  private markBlank({ id, field }: Blank, row: HTMLElement, marking: Marking, right: boolean): void {
    const { value } = field;
    const shown = marking === "all" || (marking === "chosen" && value !== "");
    let words: HTMLElement | undefined;
    if (shown) {
      words = this.context.parts.make(right ? "mark-right" : marking === "all" ? "place-wrong" : "mark-wrong");
      if (!right && marking === "all") find(words, "span:last-child").textContent = this.context.parts.words("answer", { answer: "\u2068" + this.answer(id, field) + "\u2069" });
      field.dataset["mark"] = right ? "right" : "wrong";
    } else delete field.dataset["mark"];
    const g = (this.scorable.gaps ?? []).find((x) => x.id === id);
    const matched = g ? accepts(g, value).answer : -1;
    let answers = -1;
    mark(row, right ? "right" : "wrong", words, ({ dataset: f }) => {
      if ("answer" in f) answers++;
      if (!shown || "empty" in f) return false;
      if ("answer" in f) return answers === matched;
      if ("pair" in f) return right || marking === "all";
      if (f["for"] === "unchosen") return marking === "all" && f["option"] !== value;
      return f["option"] === value && !(right && this.scorable.type === "match");
    });
  }

  /** What would have been right, in words. */
  private answer(id: string, field: Field): string {
    const { number: range } = this.scorable;
    if (range) {
      const [least, most] = [number(range.least, 9), number(range.most, 9)];
      const text = least === most ? least : this.context.parts.words("range", { least, most });
      return [text, range.unit].join(" ").trim();
    }
    if (field instanceof HTMLSelectElement) {
      const right = Array.from(field.options).filter((o) => "correct" in o.dataset || o.value === (field.dataset["choice"] ?? "\n"));
      return right.map((o) => o.text).join(" / ");
    }
    const full = (this.scorable.gaps ?? []).find((g) => g.id === id)?.answers?.find((a) => a.fraction === 100);
    return full?.text.split("|")[0] ?? "";
  }
}

function gap({ id, field, row }: Blank): Gap {
  if (field instanceof HTMLSelectElement) {
    return { id, choices: Array.from(field.options, (o) => ({ id: o.value, correct: "correct" in o.dataset })).filter((c) => c.id !== "") };
  }
  const answers = row ? all(row, "[data-answer]").map((a) => ({ text: a.dataset["answer"] ?? "", fraction: Number(a.dataset["fraction"]) })) : [];
  const { dataset } = field;
  return { id, answers, case: "case" in dataset, accents: "accents" in dataset, typos: Number(dataset["typos"] ?? 0) };
}
