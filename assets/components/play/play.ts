import { all, find, Parts } from "../quiz/parts";
import { forget, load, save } from "../store/store";
import { caseFrom } from "./case";
import { CaseFile } from "./file";
import { board, type Case, current, decide, elements, evidenceOn, goBack, newState, placeAfter, released, scores, standing, type State, stateFrom, type Step, valid } from "./state";

/** Brings the case on the page to life. */
export function play(): void {
  const root = document.querySelector<HTMLElement>("[data-play]");
  const template = document.querySelector<HTMLTemplateElement>("#ui-play-parts");
  if (root && template) new Play(root, new Parts(template));
}

class Play {
  private readonly key: string;
  private readonly game: Case;
  private readonly file: CaseFile;
  private readonly status: HTMLElement;
  private readonly act: HTMLElement;
  private readonly outcome: HTMLElement;
  private state: State;
  private saying = "";

  constructor(
    private readonly root: HTMLElement,
    private readonly parts: Parts,
  ) {
    this.key = "play/" + root.dataset["play"];
    this.game = caseFrom(root);
    this.state = stateFrom(load(this.key)) ?? newState();
    this.status = find(root, ":scope > [role=status]");
    this.act = parts.make("act");
    this.outcome = parts.make("outcome");
    this.file = new CaseFile(
      find(root, ".casefile"),
      parts,
      () => this.state,
      () => this.keep(),
      (words) => this.say(words),
      () => this.focus(),
    );
    const steps = valid(this.game, this.state.steps);
    const changed = steps.length < this.state.steps.length;
    if (changed) this.state = { ...this.state, steps, told: false };
    this.listen();
    this.show();
    root.dataset["ready"] = "";
    if (changed) this.say(this.parts.words("changed"));
  }

  private listen(): void {
    const acts: Record<string, (button: HTMLElement) => void> = {
      begin: () => this.go({ ...this.state, begun: true }),
      decide: () => this.decide(),
      next: () => this.go({ ...this.state, told: false }),
      back: (button) => this.back(Number(button.dataset["step"])),
      again: () => this.go(goBack(this.state, 0).state),
      forget: () => this.forget(),
    };
    // The parts that a script adds stand inside the root too.
    this.root.addEventListener("click", (e) => {
      const target = e.target as HTMLElement;
      const button = target.closest<HTMLElement>("[data-do]");
      if (button) acts[button.dataset["do"] ?? ""]?.(button);
      const link = target.closest<HTMLAnchorElement>('a[href^="#ui-doc-"]');
      if (link) {
        e.preventDefault();
        this.file.open(link.hash.slice(1));
      }
    });
    this.root.addEventListener("change", (e) => {
      if ((e.target as HTMLElement).matches(".choice input")) find(this.act, ".verdict").textContent = "";
    });
  }

  /** Goes to another place in the case and tells where that is. */
  private go(state: State, words = ""): void {
    this.state = state;
    this.keep();
    if (words) this.say(words);
    this.focus();
  }

  private keep(): void {
    save(this.key, this.state);
    this.show();
  }

  private decide(): void {
    const section = this.section();
    const chosen = section?.querySelector<HTMLInputElement>(".choice input:checked");
    if (!section || !chosen) {
      const words = this.parts.words("choose");
      find(this.act, ".verdict").textContent = words;
      this.say(words);
      section?.querySelector<HTMLElement>(".choice input")?.focus();
      return;
    }
    const before = board(this.game, this.state.steps);
    this.state = decide(this.game, this.state, chosen.value);
    this.keep();
    find(this.outcome, "h3").focus();
    const after = board(this.game, this.state.steps);
    const news = elements.filter((e) => before[e] !== after[e]).map((e) => this.standingOf(e));
    this.say([find(this.outcome, ".outcome-text > *").textContent, ...news].join(" "));
  }

  private back(to: number): void {
    const { state, dropped } = goBack(this.state, to);
    const path = find<HTMLDetailsElement>(this.root, ".path");
    path.open = false;
    const title = this.titleOf(this.state.steps[to]);
    this.go(state, this.parts.words("wentBack", { title, number: dropped - 1 }));
  }

  private forget(): void {
    this.state = newState();
    this.show();
    forget(this.key);
    this.say(this.parts.words("forgotten"));
    this.focus();
  }

  private section(): HTMLElement | null {
    const d = current(this.game, this.state);
    return d ? this.decisionSection(d.id) : null;
  }

  private decisionSection(id: string): HTMLElement {
    return find(this.root, `[data-decision="${id}"]`);
  }

  private choiceItem(step: Step): HTMLElement {
    return find(this.decisionSection(step.decision), `[data-choice="${step.choice}"]`);
  }

  private titleOf(step: Step | undefined): string {
    return step ? (find(this.decisionSection(step.decision), "h2").textContent ?? "") : "";
  }

  /** Where the reader is, to go on from there. */
  private focus(): void {
    const at = this.section() ?? this.root.querySelector<HTMLElement>(".ending:not([hidden])");
    const heading = this.state.begun ? at?.querySelector<HTMLElement>("h2") : find(this.root, ".care h2");
    heading?.focus({ preventScroll: true });
    (heading?.closest<HTMLElement>("section") ?? this.root).scrollIntoView({ block: "start" });
  }

  private show(): void {
    const { game, state } = this;
    const decision = current(game, state);
    const ended = !decision;
    find(this.root, ".care").hidden = state.begun;
    find(this.root, ".play-stage").hidden = !state.begun;

    const phase = decision?.phase ?? game.phases[game.phases.length - 1] ?? "";
    const at = game.phases.indexOf(phase);
    all(this.root, ".phases li").forEach((li, i) => {
      if (i === at) li.setAttribute("aria-current", "step");
      else li.removeAttribute("aria-current");
      li.classList.toggle("phase-done", i < at);
      find(li, ".sr").hidden = i >= at;
    });

    for (const section of all(this.root, ".decision")) section.hidden = section.dataset["decision"] !== decision?.id;
    for (const news of all(this.root, ".news")) news.hidden = ended || news.dataset["phase"] !== phase;
    for (const ending of all(this.root, ".ending")) ending.hidden = !ended || ending.dataset["ending"] !== placeAfter(game, state.steps);
    if (decision) this.showDecision(decision.id);
    this.showBoard();
    this.showPath();
    find(this.root, ".debrief").hidden = !ended;
    if (ended) this.showDebrief();
    this.file.show(
      (from) => released(game, from, phase),
      (from) => !ended && from === phase,
      decision?.evidence ?? [],
    );
  }

  private showDecision(id: string): void {
    const section = this.decisionSection(id);
    const { told, steps } = this.state;
    const last = told ? steps[steps.length - 1] : undefined;
    const fieldset = find<HTMLFieldSetElement>(section, "fieldset");
    const fresh = this.act.parentElement !== section;
    if (fresh) fieldset.after(this.act, this.outcome);
    // News comes after the heading, which has the focus, so that it is not missed.
    const news = all(this.root, `.news[data-phase="${section.dataset["phase"]}"]`);
    if (fresh) find(section, "h2").after(...news);
    for (const li of all(section, ".choice")) {
      const chosen = li.dataset["choice"] === last?.choice;
      const radio = find<HTMLInputElement>(li, "input");
      if (last) radio.checked = chosen;
      else if (fresh) radio.checked = false;
      li.classList.toggle("choice-made", chosen);
    }
    fieldset.disabled = told;
    this.act.hidden = told;
    this.outcome.hidden = !told;
    if (fresh || told) find(this.act, ".verdict").textContent = "";
    if (last) this.told(find(this.outcome, ".outcome-text"), last, ".follows-text, .effects");
  }

  /** Puts copies of what stands with a choice into a place. */
  private told(place: HTMLElement, step: Step, what: string): void {
    place.replaceChildren(...all(this.choiceItem(step), what).map((e) => e.cloneNode(true)));
  }

  private standingOf(element: string): string {
    const li = find(this.root, `[data-board=${element}]`);
    return (find(li, "p").textContent ?? "").trim() + ".";
  }

  private showBoard(): void {
    const values = board(this.game, this.state.steps);
    for (const element of elements) {
      const li = find(this.root, `[data-board=${element}]`);
      const value = values[element] ?? 0;
      li.dataset["value"] = String(value);
      find(li, "[data-word=standing]").textContent = this.parts.words("standing" + standing(value));
      const called = evidenceOn(this.game, this.state, element).filter((id) => this.file.has(id));
      const read = called.filter((id) => this.state.read.includes(id));
      find(li, ".board-evidence").hidden = called.length === 0;
      find(li, "[data-word=evidence]").textContent = this.parts.words("read", { number: read.length, total: called.length });
      const links = read.map((id) => {
        const a = document.createElement("a");
        a.href = "#ui-doc-" + id;
        a.textContent = this.file.label(id);
        return a;
      });
      find(li, "[data-word=numbers]").replaceChildren(...links);
    }
  }

  private showPath(): void {
    const path = find(this.root, ".path");
    const { steps } = this.state;
    path.hidden = steps.length === 0;
    const items = steps.map((step, i) => {
      const li = this.parts.make("step");
      const title = this.titleOf(step);
      find(li, ".step-title").textContent = title;
      find(li, ".step-choice").textContent = this.textOf(step);
      const button = find(li, "button");
      button.dataset["step"] = String(i);
      button.setAttribute("aria-label", this.parts.words("back", { title }));
      return li;
    });
    find(path, "ol").replaceChildren(...items);
  }

  private textOf(step: Step): string {
    return find(this.choiceItem(step), ".choice-text").textContent ?? "";
  }

  private showDebrief(): void {
    const items = this.state.steps.map((step) => {
      const li = this.parts.make("debrief-step");
      find(li, "h3").textContent = this.titleOf(step);
      find(li, "b").textContent = this.textOf(step);
      const told = document.createElement("div");
      this.told(told, step, ".follows-text, .effects, .scores");
      li.append(told);
      return li;
    });
    find(this.root, ".debrief-steps").replaceChildren(...items);
    for (const [criterion, score] of Object.entries(scores(this.game, this.state.steps))) {
      const li = find(this.root, `.rubric [data-criterion="${criterion}"]`);
      const words = score.most ? this.parts.words("points", { points: score.points, most: score.most }) : this.parts.words("unscored");
      find(li, "[data-word=score]").textContent = words;
      const bar = find<HTMLProgressElement>(li, "progress");
      bar.hidden = score.most === 0;
      bar.max = score.most || 1;
      bar.value = score.points;
      all(li, "ol > li").forEach((level, i) => level.classList.toggle("level-reached", score.most > 0 && i === score.level));
    }
  }

  /** Emptied first, so that the same words are said again. What is said at the same time is said together. */
  private say(words: string): void {
    if (this.saying === "") {
      this.status.textContent = "";
      window.setTimeout(() => {
        this.status.textContent = this.saying;
        this.saying = "";
      }, 50);
    }
    this.saying += (this.saying && " ") + words;
  }
}
