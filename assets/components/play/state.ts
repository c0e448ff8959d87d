// The path of a person who plays a role alone. Everything here follows from the decisions made, so that going back is only making
// the list of them shorter.

export const elements = ["act", "means", "purpose"];

export interface Choice {
  id: string;
  effects: Record<string, number>; // by element
  scores: Record<string, number>; // level reached, by criterion
  next: string; // a decision or an ending
}

export interface Decision {
  id: string;
  phase: string;
  elements: string[];
  evidence: string[];
  choices: Choice[];
}

/** A case as one role sees it. The first decision is where it begins. */
export interface Case {
  phases: string[];
  decisions: Decision[];
  most: Record<string, number>; // the highest level, by criterion
}

export interface Step {
  decision: string;
  choice: string;
}

export interface State {
  version: 1;
  begun: boolean; // the warnings were read
  told: boolean; // what follows from the last step is on the page, and the next decision is not yet
  steps: Step[];
  read: string[]; // documents
  notes: Record<string, string>; // by document
}

export function newState(): State {
  return { version: 1, begun: false, told: false, steps: [], read: [], notes: {} };
}

/** The state that was stored, or undefined when it cannot be used. */
export function stateFrom(stored: unknown): State | undefined {
  if (!isObject(stored) || stored["version"] !== 1) return undefined;
  const s = newState();
  s.begun = stored["begun"] === true;
  s.told = stored["told"] === true;
  if (Array.isArray(stored["steps"])) {
    for (const step of stored["steps"]) {
      if (isObject(step) && typeof step["decision"] === "string" && typeof step["choice"] === "string") {
        s.steps.push({ decision: step["decision"], choice: step["choice"] });
      }
    }
  }
  if (Array.isArray(stored["read"])) s.read = stored["read"].filter((id): id is string => typeof id === "string");
  if (isObject(stored["notes"])) {
    for (const [id, note] of Object.entries(stored["notes"])) if (typeof note === "string") s.notes[id] = note;
  }
  return s;
}

function isObject(v: unknown): v is Record<string, unknown> {
  return typeof v === "object" && v !== null && !Array.isArray(v);
}

function decisionOf(c: Case, id: string): Decision | undefined {
  return c.decisions.find((d) => d.id === id);
}

export function choiceOf(c: Case, step: Step): Choice | undefined {
  return decisionOf(c, step.decision)?.choices.find((o) => o.id === step.choice);
}

/** Where the steps lead: a decision or an ending. */
export function placeAfter(c: Case, steps: Step[]): string {
  const last = steps[steps.length - 1];
  return (last ? choiceOf(c, last)?.next : c.decisions[0]?.id) ?? "";
}

/** The steps as far as the case still has them: it may have been changed since they were made. */
export function valid(c: Case, steps: Step[]): Step[] {
  const out: Step[] = [];
  for (const step of steps) {
    if (step.decision !== placeAfter(c, out) || !choiceOf(c, step)) break;
    out.push(step);
  }
  return out;
}

/** The decision on the page, which after a step is still that of the step; undefined at an ending. */
export function current(c: Case, s: State): Decision | undefined {
  const last = s.steps[s.steps.length - 1];
  return decisionOf(c, s.told && last ? last.decision : placeAfter(c, s.steps));
}

export function decide(c: Case, s: State, choice: string): State {
  const decision = s.told ? undefined : current(c, s);
  if (!decision?.choices.some((o) => o.id === choice)) return s;
  return { ...s, told: true, steps: [...s.steps, { decision: decision.id, choice }] };
}

/** Makes a decision open again. It and all that followed are dropped. */
export function goBack(s: State, to: number): { state: State; dropped: number } {
  const steps = s.steps.slice(0, Math.max(0, to));
  return { state: { ...s, told: false, steps }, dropped: s.steps.length - steps.length };
}

/** How each element stands, from -4 to 4. */
export function board(c: Case, steps: Step[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const element of elements) {
    const sum = steps.reduce((n, step) => n + (choiceOf(c, step)?.effects[element] ?? 0), 0);
    out[element] = Math.max(-4, Math.min(4, sum));
  }
  return out;
}

/** The word for how an element stands: 1 (very weak) to 5 (well supported). */
export function standing(value: number): number {
  return value <= -3 ? 1 : value < 0 ? 2 : value === 0 ? 3 : value < 3 ? 4 : 5;
}

/** The evidence on an element that the decisions so far called for, the one on the page included. */
export function evidenceOn(c: Case, s: State, element: string): string[] {
  const reached = s.steps.map((step) => decisionOf(c, step.decision));
  reached.push(current(c, s));
  const out = new Set<string>();
  for (const d of reached) if (d?.elements.includes(element)) for (const id of d.evidence) out.add(id);
  return Array.from(out);
}

export interface Score {
  points: number;
  most: number; // 0: none of the choices made was assessed by the criterion
  level: number; // on average, rounded down
}

/** The levels reached, summed by criterion. */
export function scores(c: Case, steps: Step[]): Record<string, Score> {
  const out: Record<string, Score> = {};
  for (const [criterion, most] of Object.entries(c.most)) {
    const levels = steps.map((step) => choiceOf(c, step)?.scores[criterion]).filter((n): n is number => n !== undefined);
    const points = levels.reduce((sum, n) => sum + n, 0);
    out[criterion] = { points, most: most * levels.length, level: levels.length ? Math.floor(points / levels.length) : 0 };
  }
  return out;
}

/** Whether what comes with a phase is there in another one. An unknown phase is before all. */
export function released(c: Case, from: string, phase: string): boolean {
  return c.phases.indexOf(phase) >= c.phases.indexOf(from);
}
