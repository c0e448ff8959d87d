import { all, find, type Parts } from "./parts";
import { fraction, isAnswered } from "./score";
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
  readonly weight: number;
  answer: Answer = noAnswer();
  private readonly answering: Answering;
  private readonly actions: HTMLElement;
  private readonly verdict: HTMLElement;
  private readonly explanation: HTMLElement;
  private readonly hints: HTMLElement[];
  private ended = false; // the quiz was finished
  private revealed = false; // and shows feedback

  constructor(
    readonly root: HTMLElement,
    type: Type,
    private readonly parts: Parts,
    private readonly rules: Rules,
    private readonly listener: Listener,
  ) {
    this.id = root.dataset["question"] ?? "";
    const weight = Number(root.dataset["weight"]);
    this.weight = Number.isFinite(weight) ? weight : 1;
    this.verdict = find(root, ".verdict");
    this.explanation = find(root, ".explanation");
    this.explanation.tabIndex = -1;
    this.hints = all(root, ".hints > li");
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

  fraction(): number {
    return this.answered ? fraction(this.answering.scorable, this.answer.response) : 0;
  }

  /** Begins an attempt, or goes on with one. */
  begin(answer: Answer, next?: () => number): void {
    this.answer = answer;
    this.ended = this.revealed = false;
    this.answering.arrange(next);
    this.answering.write(answer.response);
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

  private changed(): void {
    this.answer.response = this.answering.read(false);
    this.verdict.textContent = "";
    this.listener.changed(this);
  }

  private check(): void {
    this.answer.response = this.answering.read(true);
    if (!this.answered) {
      this.verdict.textContent = this.parts.words("choose");
      this.listener.say(this.parts.words("choose"));
      return;
    }
    this.answer.checked = true;
    this.show();
    this.listener.say(this.verdict.textContent ?? "");
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
    const marked = this.rules.checkEach ? checked : this.revealed;
    const worth = this.fraction();
    // In practice a wrong answer does not yet give away the right one.
    const full = worth === 1 || explained || !this.rules.checkEach || !this.rules.practice;
    const locked = this.ended || (this.rules.checkEach && checked);
    this.answering.mark(!marked ? "none" : full ? "all" : "chosen");
    this.answering.lock(locked);
    this.root.toggleAttribute("data-locked", locked);
    this.explanation.hidden = !marked || !full;
    this.verdict.textContent = "";
    if (marked) this.verdict.append(this.parts.make(worth === 1 ? "right" : worth > 0 ? "partly" : "wrong"));
    this.showActions(marked && !full, locked);
    this.showHints();
  }

  private showActions(canExplain: boolean, locked: boolean): void {
    const check = this.button("check");
    const again = this.answer.checked && this.rules.practice;
    const spent = this.answer.checked && !this.rules.practice;
    // One button with changing words, because a button that goes away takes the focus with it.
    check.textContent = this.parts.words(again ? "retry" : spent ? "checked" : "check");
    check.setAttribute("aria-disabled", String(spent));
    check.hidden = !this.rules.checkEach;
    this.button("explain").hidden = !canExplain || this.explanation.childElementCount === 0;
    const hint = this.button("hint");
    const { hints } = this.answer;
    hint.hidden = locked || this.hints.length === 0;
    hint.textContent = this.parts.words(hints === 0 ? "hint" : hints < this.hints.length ? "hintNext" : "hintLast");
    hint.setAttribute("aria-disabled", String(hints >= this.hints.length));
    this.actions.hidden = check.hidden && hint.hidden && this.button("explain").hidden;
  }

  private showHints(): void {
    this.hints.forEach((h, i) => (h.hidden = i >= this.answer.hints));
    const list = this.hints[0]?.parentElement;
    if (list) list.hidden = this.answer.hints === 0;
  }
}
