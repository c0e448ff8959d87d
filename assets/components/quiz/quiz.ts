import { load, save } from "../store/store";
import { all, find, number, Parts } from "./parts";
import { Question } from "./question";
import { total, type Total } from "./score";
import { drawn, random, seedFor } from "./shuffle";
import { attemptsLeft, newState, nextAttempt, noAnswer, showsFeedback, stateFrom, type State } from "./state";
import { types } from "./types/types";

/** Brings every quiz on the page to life. */
export function quizzes(): void {
  const template = document.querySelector<HTMLTemplateElement>("#ui-quiz-parts");
  if (!template) return;
  const parts = new Parts(template);
  for (const root of all(document, "[data-quiz]")) new Quiz(root, parts);
}

class Quiz {
  private readonly key: string;
  private readonly feedback: string;
  private readonly practice: boolean;
  private readonly pass: number;
  private readonly attempts: number;
  private readonly draw: number;
  private readonly shuffle: boolean;
  private readonly questions: Question[] = [];
  private readonly status: HTMLElement;
  private readonly finishing: HTMLElement;
  private readonly result: HTMLElement;
  private state: State;
  private inPlay: Question[] = []; // the questions drawn for this attempt
  private warned = false; // of questions without an answer

  constructor(
    private readonly root: HTMLElement,
    private readonly parts: Parts,
  ) {
    const data = root.dataset;
    this.key = "quiz/" + (data["quiz"] ?? "");
    this.feedback = data["feedback"] ?? "question";
    this.practice = data["mode"] !== "graded";
    this.pass = Number(data["pass"] ?? 0);
    this.attempts = Number(data["attempts"] ?? 0);
    this.draw = Number(data["draw"] ?? 0);
    this.shuffle = "shuffle" in data;
    this.state = stateFrom(load(this.key)) ?? newState(newSeed());
    this.status = parts.make("status");
    this.finishing = parts.make("finish");
    this.result = parts.make("result");
    this.build();
    this.begin();
  }

  private get checkEach(): boolean {
    return this.feedback === "question";
  }

  private build(): void {
    const rules = { checkEach: this.checkEach, practice: this.practice };
    const listener = {
      changed: () => this.changed(),
      checked: () => this.checked(),
      say: (text: string) => this.say(text),
    };
    for (const q of all(this.root, ".question")) {
      // A type that this script does not know stays as it is, to be read.
      const type = types[q.dataset["type"] ?? ""];
      if (type) this.questions.push(new Question(q, type, this.parts, rules, listener));
    }
    const last = all(this.root, ".question").pop();
    last?.after(this.finishing, this.result);
    this.root.append(this.status);
    find(this.finishing, "[data-do=finish]").addEventListener("click", () => this.askToFinish());
    find(this.result, "[data-do=again]").addEventListener("click", () => this.again());
    find(this.result, "[data-do=review]").addEventListener("click", () => this.focusFirst());
  }

  /** Begins the attempt in the state, or goes on with it. */
  private begin(): void {
    const { state } = this;
    this.inPlay = drawn(this.questions, this.draw, random(seedFor(state.seed, "draw")));
    for (const q of this.questions) q.root.hidden = !this.inPlay.includes(q);
    this.inPlay.forEach((q, i) => {
      q.number(i + 1, this.inPlay.length);
      q.begin(state.answers[q.id] ?? noAnswer(), this.shuffle ? random(seedFor(state.seed, q.id)) : undefined);
    });
    this.warned = false;
    this.show();
  }

  private changed(): void {
    this.warned = false;
    find(this.finishing, ".verdict").textContent = "";
    this.keep();
    this.show();
  }

  private checked(): void {
    if (this.inPlay.every((q) => q.answer.checked)) this.finish();
    else this.changed();
  }

  private keep(): void {
    for (const q of this.inPlay) this.state.answers[q.id] = q.answer;
    save(this.key, this.state);
  }

  /** Finishing with open questions takes a second press. */
  private askToFinish(): void {
    const open = this.inPlay.map((q, i) => (q.answered ? 0 : i + 1)).filter((n) => n > 0);
    if (open.length === 0 || this.warned) {
      this.finish();
      this.result.focus();
      return;
    }
    this.warned = true;
    const words = this.parts.words("open", { numbers: open.join(", ") });
    find(this.finishing, ".verdict").textContent = words;
    this.say(words);
  }

  private finish(): void {
    // In practice questions are tried again one by one, and a result is no more than a count.
    if (!this.state.finished && !(this.practice && this.checkEach)) this.state.results.push(this.total().percent);
    this.state.finished = true;
    this.keep();
    this.show();
    if (this.checkEach && !this.result.hidden) {
      this.say(all(this.result, "p:not([hidden]):not(.actions)").map((p) => p.textContent?.trim()).join(" "));
    }
  }

  private again(): void {
    if (attemptsLeft(this.state, this.attempts) === 0) return;
    this.state = nextAttempt(this.state, newSeed());
    save(this.key, this.state);
    this.begin();
    this.focusFirst();
  }

  private focusFirst(): void {
    const first = this.inPlay[0]?.root;
    if (!first) return;
    first.tabIndex = -1;
    first.focus();
  }

  private total(): Total {
    return total(this.inPlay.map((q) => ({ weight: q.weight, fraction: q.fraction() })));
  }

  private show(): void {
    const allChecked = this.inPlay.length > 0 && this.inPlay.every((q) => q.answer.checked);
    // A question that is tried again opens the quiz again.
    if (this.practice && this.checkEach) this.state.finished = allChecked;
    const { finished } = this.state;
    const left = attemptsLeft(this.state, this.attempts);
    const reveal = showsFeedback(this.feedback, left);
    if (finished && !this.checkEach) for (const q of this.inPlay) q.end(reveal);
    this.finishing.hidden = this.checkEach || finished;
    // The count of one practice question says nothing that its verdict did not.
    this.result.hidden = !finished || (this.practice && this.inPlay.length < 2);
    if (!this.result.hidden) this.showResult(left, reveal);
  }

  private showResult(left: number, reveal: boolean): void {
    const { points, of, percent } = this.total();
    const line = (name: string, words: string) => {
      const p = find(this.result, `[data-word="${name}"]`);
      p.textContent = words;
      p.hidden = words === "";
    };
    line("score", this.parts.words("score", { points: number(points), total: number(of), percent }));
    const best = Math.max(0, ...this.state.results);
    line("best", this.state.results.length > 1 ? this.parts.words("best", { percent: best }) : "");
    line("left", this.attempts === 0 ? "" : left > 0 ? this.parts.words("left", { left }) : this.parts.words("noneLeft"));
    find(this.result, "[data-when=passed]").hidden = this.pass === 0 || percent < this.pass;
    find(this.result, "[data-when=failed]").hidden = this.pass === 0 || percent >= this.pass;
    find<HTMLProgressElement>(this.result, "progress").value = percent;
    find(this.result, "[data-do=again]").hidden = left === 0;
    find(this.result, "[data-do=review]").hidden = this.checkEach || !reveal;
  }

  /** Emptied first, so that the same words are said again. */
  private say(text: string): void {
    this.status.textContent = "";
    window.setTimeout(() => (this.status.textContent = text), 50);
  }
}

/** Nothing depends on its being hard to guess. */
function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 32);
}
