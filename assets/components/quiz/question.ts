import { all, find, number, type Parts } from "./parts";
import { afterHints, certaintyMark, isAnswered, isScored, type Result } from "./score";
import { noAnswer, type Answer } from "./state";
import type { Answering, Type } from "./types/type";

/** How the quiz around a question is taken. */
export interface Rules {
  checkEach: boolean; // each question has its own button to check it
  practice: boolean; // a checked question can be tried again
}

/** What a question tells its quiz. */
export interface Listener {
  changed(question: Question): void;
  checked(question: Question): void;
  say(text: string): void;
}

/** A question on the page: its answer, its buttons and its feedback. */
export class Question {
  readonly id: string;
  readonly digest: string; // of what is asked
  readonly objective: string;
  readonly weight: number; // 0 where there are no points
  readonly scored: boolean;
  answer: Answer = noAnswer();
  private readonly type: string;
  private readonly answering: Answering;
  private readonly hintcost: number;
  private readonly actions: HTMLElement;
  private readonly verdict: HTMLElement;
  private readonly worth: HTMLElement;
  private readonly explanation: HTMLElement;
  private readonly hints: HTMLElement[];
  private readonly certainty: HTMLInputElement[];
  private ended = false; // the quiz was finished
  private revealed = false; // and shows feedback

  constructor(
    readonly root: HTMLElement,
    type: Type,
    private readonly parts: Parts,
    private readonly rules: Rules,
    private readonly listener: Listener,
  ) {
    const data = root.dataset;
    this.id = data["question"] ?? "";
    this.digest = data["digest"] ?? "";
    this.objective = data["objective"] ?? "";
    this.type = data["type"] ?? "";
    this.scored = isScored(this.type);
    const weight = Number(data["weight"]);
    this.weight = !this.scored ? 0 : Number.isFinite(weight) ? weight : 1;
    this.hintcost = Number(data["hintcost"] ?? 0);
    this.verdict = find(root, ".verdict");
    this.worth = document.createElement("p");
    this.worth.className = "worth";
    this.verdict.after(this.worth);
    this.explanation = find(root, ".explanation");
    this.explanation.tabIndex = -1;
    this.hints = all(root, ".hints > li");
    this.certainty = all<HTMLInputElement>(root, ".certainty input");
    for (const c of this.certainty) c.addEventListener("change", () => this.changed());
    this.answering = type(root, { parts, changed: () => this.changed(), say: (text) => listener.say(text) });
    this.actions = parts.make("actions");
    this.button("check").addEventListener("click", () => (this.answer.checked ? this.retry() : this.check()));
    this.button("hint").addEventListener("click", () => this.hint());
    this.button("explain").addEventListener("click", () => this.explain());
    this.verdict.before(this.actions);
    root.dataset["ready"] = "";
  }

  private button(name: string): HTMLButtonElement {
    return find(this.actions, `[data-do="${name}"]`);
  }

  get answered(): boolean {
    return isAnswered(this.answer.response);
  }

  private result(): Result {
    const result = this.answering.score(this.answer.response);
    return this.answered ? result : { ...result, fraction: 0 };
  }

  /** Whether the answer is wholly right, whatever the hints cost. */
  get right(): boolean {
    return this.result().fraction === 1;
  }

  /** The share of the points that the answer earns. */
  fraction(): number {
    return afterHints({ type: this.type, hintcost: this.hintcost }, this.result().fraction, this.answer.hints);
  }

  /** The mark for the answer with how sure the learner was of it; undefined where that was not asked. */
  certaintyMark(): number | undefined {
    if (this.certainty.length === 0 || !this.scored || !this.answered) return undefined;
    return certaintyMark(this.result().fraction, this.answer.certainty);
  }

  /** Begins an attempt, or goes on with one. When the question changed, an answer to what it asked before was let go. */
  begin(answer: Answer, changed: boolean, next?: () => number): void {
    this.answer = answer;
    this.ended = this.revealed = false;
    this.root.querySelector(".question-changed")?.remove();
    if (changed) this.root.prepend(this.parts.make("changed"));
    this.answering.arrange(next);
    this.answering.write(answer.response);
    for (const c of this.certainty) c.checked = Number(c.value) === answer.certainty;
    this.show();
  }

  /** The quiz is finished. */
  end(reveal: boolean): void {
    this.ended = true;
    this.revealed = reveal;
    this.show();
  }

  number(at: number, total: number): void {
    find(this.root, "legend").textContent = this.parts.words("question", { number: at, total });
  }

  private read(given: boolean): void {
    this.answer.response = this.answering.read(given);
    this.answer.certainty = Number(this.certainty.find((c) => c.checked)?.value ?? 0);
  }

  private changed(): void {
    this.read(false);
    this.verdict.textContent = "";
    this.listener.changed(this);
  }

  private check(): void {
    this.read(true);
    if (!this.answered) {
      this.verdict.textContent = this.parts.words("choose");
      this.listener.say(this.parts.words("choose"));
      return;
    }
    this.answer.checked = true;
    this.show();
    // Who does not see the page hears what it shows now, and not only whether the answer is right.
    const shown = [this.verdict, this.worth, ...all(this.root, ".feedback:not([hidden])")];
    this.listener.say(shown.map((e) => e.textContent?.trim()).filter(Boolean).join(" "));
    this.listener.checked(this);
  }

  /** The answer stays, to be changed where it was wrong. */
  private retry(): void {
    if (!this.rules.practice) return;
    this.answer.checked = this.answer.explained = false;
    this.show();
    this.listener.changed(this);
  }

  private hint(): void {
    const hint = this.hints[this.answer.hints];
    if (!hint) return;
    this.answer.hints++;
    this.show();
    this.listener.say(hint.textContent ?? "");
    this.listener.changed(this);
  }

  private explain(): void {
    this.answer.explained = true;
    this.show();
    this.explanation.focus(); // its button is gone
    this.listener.changed(this);
  }

  /** Brings the page up to the answer. */
  private show(): void {
    const { checked, explained } = this.answer;
    const { checkEach, practice } = this.rules;
    const marked = (checkEach && checked) || (this.ended && this.revealed);
    const { fraction } = this.result();
    // In practice a wrong answer does not yet give away the right one.
    const full = !this.scored || fraction === 1 || explained || !checkEach || !practice;
    const locked = this.ended || (checkEach && checked);
    this.answering.mark(!marked ? "none" : full ? "all" : "chosen");
    this.answering.lock(locked);
    for (const c of this.certainty) c.disabled = locked;
    this.root.toggleAttribute("data-locked", locked);
    this.explanation.hidden = !marked || !full || this.explanation.childElementCount === 0;
    this.showVerdict(marked, fraction);
    this.showActions(marked && !full, locked);
    this.showHints();
  }

  private showVerdict(marked: boolean, fraction: number): void {
    this.verdict.textContent = this.worth.textContent = "";
    if (!marked) return;
    const verdict = !this.answered ? "unanswered" : !this.scored ? "noted" : fraction === 1 ? "right" : fraction > 0 ? "partly" : "wrong";
    this.verdict.append(this.parts.make(verdict));
    const net = this.fraction();
    const lines: string[] = [];
    // Wrong is nothing and right is everything, unless hints were paid for.
    if (fraction > 0 && net < 1) lines.push(this.parts.words("worth", { percent: number(net * 100, 0) }));
    const mark = this.certaintyMark();
    if (mark !== undefined) lines.push(this.parts.words("certaintyMark", { mark: number(mark) }));
    this.worth.textContent = lines.join(" ");
  }

  private showActions(canExplain: boolean, locked: boolean): void {
    const check = this.button("check");
    const again = this.answer.checked && this.rules.practice;
    const spent = this.answer.checked && !this.rules.practice;
    // One button with changing words, because a button that goes away takes the focus with it.
    const words = this.scored ? "check" : this.type;
    check.textContent = this.parts.words(again ? (this.scored ? "retry" : "change") : spent ? "checked" : words);
    check.setAttribute("aria-disabled", String(spent));
    check.hidden = !this.rules.checkEach || (this.ended && !this.answer.checked);
    this.button("explain").hidden = !canExplain || this.explanation.childElementCount === 0;
    const hint = this.button("hint");
    const { hints } = this.answer;
    hint.hidden = locked || this.hints.length === 0;
    const name = hints === 0 ? "hint" : hints < this.hints.length ? "hintNext" : "hintLast";
    const cost = this.hintcost > 0 && name !== "hintLast" && this.scored ? " " + this.parts.words("hintCost", { percent: this.hintcost }) : "";
    hint.textContent = this.parts.words(name) + cost;
    hint.setAttribute("aria-disabled", String(hints >= this.hints.length));
    this.actions.hidden = check.hidden && hint.hidden && this.button("explain").hidden;
  }

  private showHints(): void {
    this.hints.forEach((h, i) => (h.hidden = i >= this.answer.hints));
    const list = this.hints[0]?.parentElement;
    if (list) list.hidden = this.answer.hints === 0;
  }
}
