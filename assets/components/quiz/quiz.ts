import { load, save } from "../store/store";
import type { Clock } from "./clock";
import { all, find, number, Parts } from "./parts";
import { Question, type Rules } from "./question";
import { Review } from "./review";
import { total, type Total } from "./score";
import { drawn, random, seedFor } from "./shuffle";
import { answerTo, attemptsLeft, newState, nextAttempt, noAnswer, showsFeedback, stateFrom, type State } from "./state";
import type { Type } from "./types/type";

/** Brings every quiz on the page to life, with the types of questions that there are and a clock where time can be limited. */
export function quizzes(types: Record<string, Type>, clock?: typeof Clock): void {
  const template = document.querySelector<HTMLTemplateElement>("#ui-quiz-parts");
  if (!template) return;
  const parts = new Parts(template);
  all(document, "[data-quiz]").forEach((root, i) => new Quiz(root, parts, types, clock, i === 0));
}

class Quiz {
  private readonly key: string;
  private readonly feedback: string;
  private readonly practice: boolean;
  private readonly pass: number;
  private readonly attempts: number;
  private readonly draw: number;
  private readonly shuffle: boolean;
  private readonly rules: Rules;
  private readonly questions: Question[] = [];
  private readonly status: HTMLElement;
  private readonly finishing: HTMLElement;
  private readonly result: HTMLElement;
  private readonly reviewing: HTMLElement;
  private readonly review: Review;
  private readonly clock: Clock | undefined;
  private state: State;
  private inPlay: Question[] = []; // the questions drawn for this attempt, or those to review
  private inReview = false; // the questions on the page are those to review, apart from the attempt
  private warned = false; // of questions without an answer
  private saying = "";

  constructor(
    private readonly root: HTMLElement,
    private readonly parts: Parts,
    types: Record<string, Type>,
    clock: typeof Clock | undefined,
    first: boolean, // on its page
  ) {
    const data = root.dataset;
    const id = data["quiz"] ?? "";
    this.key = "quiz/" + id;
    this.feedback = data["feedback"] ?? "question";
    this.practice = data["mode"] !== "graded";
    this.pass = Number(data["pass"] ?? 0);
    this.attempts = Number(data["attempts"] ?? 0);
    this.draw = Number(data["draw"] ?? 0);
    this.shuffle = "shuffle" in data;
    this.rules = { checkEach: this.checkEach, practice: this.practice };
    this.state = stateFrom(load(this.key)) ?? newState(newSeed());
    this.status = parts.make("status");
    this.finishing = parts.make("finish");
    this.result = parts.make("result");
    this.reviewing = parts.make("review");
    this.review = new Review(id, { title: data["title"] ?? "", lang: document.documentElement.lang, page: data["page"] ?? "" });
    this.build(types);
    const panel = root.querySelector<HTMLElement>(".quiz-time");
    if (panel && clock) this.clock = new clock(panel, { begin: () => this.gateOpens(), keep: () => this.keep(), say: (text) => this.say(text), over: () => this.timeOver() });
    this.begin();
    this.offerReview(first);
  }

  private get checkEach(): boolean {
    return this.feedback === "question";
  }

  private build(types: Record<string, Type>): void {
    const listener = {
      changed: () => this.changed(),
      checked: (q: Question) => this.checked(q),
      say: (text: string) => this.say(text),
    };
    for (const q of all(this.root, ".question")) {
      // A type that this script does not know stays as it is, to be read.
      const type = types[q.dataset["type"] ?? ""];
      if (type) this.questions.push(new Question(q, type, this.parts, this.rules, listener));
    }
    const roots = all(this.root, ".question");
    roots[0]?.before(this.reviewing);
    roots.pop()?.after(this.finishing, this.result);
    this.root.append(this.status);
    const objectives = this.root.querySelector(".result-objectives");
    if (objectives) find(this.result, ".actions").before(objectives);
    const press = (within: HTMLElement, name: string, run: () => void) => find(within, `[data-do=${name}]`).addEventListener("click", run);
    press(this.finishing, "finish", () => this.askToFinish());
    press(this.result, "again", () => this.again());
    press(this.result, "review", () => this.focusFirst());
    press(this.reviewing, "review-begin", () => this.beginReview());
    press(this.reviewing, "review-end", () => this.endReview());
  }

  /** Begins the attempt in the state, or goes on with it. */
  private begin(): void {
    const { state } = this;
    const next = random(seedFor(state.seed, "draw"));
    this.play(drawn(this.questions, this.draw, next, state.drawn));
    state.drawn = this.draw > 0 ? this.inPlay.map((q) => q.id) : [];
    // Whoever looks and comes back finds the same questions.
    let keep = this.draw > 0;
    for (const q of this.inPlay) {
      const { answer, changed } = answerTo(state, q.id, q.digest);
      keep = keep || changed;
      q.begin(answer, changed, this.shuffle ? random(seedFor(state.seed, q.id)) : undefined);
    }
    if (keep) save(this.key, state);
    this.warned = false;
    this.show();
  }

  /** Shows some of the questions. */
  private play(questions: Question[]): void {
    this.inPlay = questions;
    for (const q of this.questions) q.root.hidden = !questions.includes(q);
    questions.forEach((q, i) => q.number(i + 1, questions.length));
  }

  private changed(): void {
    this.warned = false;
    find(this.finishing, ".verdict").textContent = "";
    this.keep();
    this.show();
  }

  private checked(q: Question): void {
    this.remember(q);
    if (this.inReview) this.showReview();
    else if (this.inPlay.every((x) => x.answer.checked)) this.finish();
    else this.changed();
  }

  /** What was missed comes back for review. */
  private remember(q: Question): void {
    if (q.scored) this.review.answered(q.id, q.right, q.digest);
  }

  private keep(): void {
    if (this.inReview) return;
    for (const q of this.inPlay) this.state.answers[q.id] = { ...q.answer, digest: q.digest };
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
    const { state } = this;
    // In practice questions are tried again one by one, and a result is no more than a count.
    if (!state.finished && !(this.practice && this.checkEach)) state.results[state.attempt - 1] = this.total().percent;
    if (!state.finished && !this.checkEach && this.reveals()) this.inPlay.forEach((q) => this.remember(q));
    state.finished = true;
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
    // Before a limited time begins there is no question to see, only how to begin.
    const goal = first.hidden ? find(this.root, ".quiz-time") : first;
    goal.tabIndex = -1;
    goal.focus();
  }

  private gateOpens(): void {
    this.show();
    this.focusFirst();
  }

  /** Who practises goes on all the same. */
  private timeOver(): void {
    this.say(find(this.root, "[data-time=over]").textContent ?? "");
    if (this.practice && this.checkEach) return this.keep();
    this.finish();
    this.result.focus();
  }

  private total(questions = this.inPlay): Total {
    return total(questions.map((q) => ({ weight: q.weight, fraction: q.fraction() })));
  }

  private reveals(): boolean {
    return showsFeedback(this.feedback, attemptsLeft(this.state, this.attempts));
  }

  private show(): void {
    if (this.inReview) return;
    const allChecked = this.inPlay.length > 0 && this.inPlay.every((q) => q.answer.checked);
    // A question that is tried again opens the quiz again.
    if (this.practice && this.checkEach) this.state.finished = allChecked;
    const { finished } = this.state;
    const waits = this.clock !== undefined && !this.state.begun && !finished;
    for (const q of this.inPlay) q.root.hidden = waits;
    if (finished && !(this.practice && this.checkEach)) for (const q of this.inPlay) q.end(this.reveals());
    this.finishing.hidden = this.checkEach || finished || waits;
    // The count of one practice question says nothing that its verdict did not.
    this.result.hidden = !finished || (this.practice && this.inPlay.length < 2);
    if (!this.result.hidden) this.showResult();
    this.clock?.attach(this.state, !finished);
  }

  private showResult(): void {
    const left = attemptsLeft(this.state, this.attempts);
    const { points, of, percent } = this.total();
    const line = (name: string, words: string) => {
      const p = find(this.result, `[data-word="${name}"]`);
      p.textContent = words;
      p.hidden = words === "";
    };
    line("score", of > 0 ? this.parts.words("score", { points: number(points), total: number(of), percent }) : "");
    const marks = this.inPlay.map((q) => q.certaintyMark()).filter((m): m is number => m !== undefined);
    const average = marks.reduce((a, b) => a + b, 0) / Math.max(1, marks.length);
    line("certainty", marks.length > 0 ? this.parts.words("certainty", { average: number(average) }) : "");
    const best = Math.max(0, ...this.state.results.map((r) => r ?? 0));
    line("best", this.state.results.length > 1 ? this.parts.words("best", { percent: best }) : "");
    line("left", this.attempts === 0 ? "" : left > 0 ? this.parts.words("left", { left }) : this.parts.words("noneLeft"));
    find(this.result, "[data-when=passed]").hidden = this.pass === 0 || percent < this.pass;
    find(this.result, "[data-when=failed]").hidden = this.pass === 0 || percent >= this.pass;
    const bar = find<HTMLProgressElement>(this.result, "progress");
    bar.value = percent;
    bar.hidden = of === 0;
    find(this.result, "[data-do=again]").hidden = left === 0;
    find(this.result, "[data-do=review]").hidden = this.checkEach || !this.reveals();
    this.showObjectives();
  }

  private showObjectives(): void {
    const list = this.result.querySelector<HTMLElement>(".result-objectives");
    if (!list) return;
    list.hidden = false;
    for (const li of all(list, "li")) {
      const { of, percent } = this.total(this.inPlay.filter((q) => q.objective === li.dataset["objective"]));
      li.hidden = of === 0;
      find(li, "b").textContent = this.parts.words("worth", { percent });
    }
  }

  /** At the start of a quiz: how many questions to review today, here and in other quizzes. */
  private offerReview(first: boolean): void {
    const due = this.due();
    const elsewhere = first ? this.review.elsewhere() : [];
    this.reviewing.hidden = due.length + elsewhere.length === 0;
    find(this.reviewing, "[data-when=due]").hidden = due.length === 0;
    find(this.reviewing, "[data-word=due]").textContent = this.parts.words("due", { number: due.length });
    const list = find(this.reviewing, "ul");
    list.hidden = elsewhere.length === 0;
    const depth = this.root.dataset["page"]?.split("/").length ?? 0;
    for (const { shelf, count } of elsewhere) {
      const a = document.createElement("a");
      a.href = "../".repeat(depth) + shelf.page + "/index.html";
      a.lang = shelf.lang;
      a.textContent = shelf.title;
      const li = document.createElement("li");
      li.append(a, " ", this.parts.words("dueElsewhere", { number: count }));
      list.append(li);
    }
  }

  private due(): Question[] {
    const due = this.review.due(new Map(this.questions.map((q) => [q.id, q.digest])));
    return this.questions.filter((q) => due.includes(q.id));
  }

  /** Asks the questions that are due, apart from the attempt, once each and with feedback at once. */
  private beginReview(): void {
    const due = this.due();
    this.inReview = true;
    Object.assign(this.rules, { checkEach: true, practice: false });
    this.play(due);
    for (const q of due) q.begin(noAnswer(), false, this.shuffle ? random(newSeed()) : undefined);
    this.finishing.hidden = this.result.hidden = true;
    this.clock?.attach(this.state, false);
    this.showReview();
    this.focusFirst();
  }

  private showReview(): void {
    const done = this.inPlay.every((q) => q.answer.checked);
    find(this.reviewing, "[data-when=due]").hidden = true;
    find(this.reviewing, "ul").hidden = true;
    find(this.reviewing, "[data-when=reviewing]").hidden = false;
    find(this.reviewing, "[data-when=reviewed]").hidden = !done;
    if (!done) return;
    this.inPlay[this.inPlay.length - 1]?.root.after(this.reviewing);
    this.say(find(this.reviewing, "[data-when=reviewed]").textContent ?? "");
  }

  private endReview(): void {
    this.inReview = false;
    Object.assign(this.rules, { checkEach: this.checkEach, practice: this.practice });
    this.reviewing.hidden = true;
    this.begin();
    this.focusFirst();
  }

  /** Emptied first, so that the same words are said again. What is said at the same time is said together. */
  private say(text: string): void {
    if (this.saying === "") {
      this.status.textContent = "";
      window.setTimeout(() => {
        this.status.textContent = this.saying;
        this.saying = "";
      }, 50);
    }
    this.saying += (this.saying && " ") + text;
  }
}

/** Nothing depends on its being hard to guess. */
function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 32);
}
