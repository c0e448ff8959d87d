import assert from "node:assert/strict";
import test from "node:test";
import { board, type Case, current, decide, evidenceOn, goBack, newState, placeAfter, released, scores, standing, type State, stateFrom, valid } from "./state";

const game: Case = {
  phases: ["early", "late"],
  most: { law: 3, care: 2 },
  decisions: [
    {
      id: "charge",
      phase: "early",
      elements: ["act", "means"],
      evidence: ["e1", "e2"],
      choices: [
        { id: "yes", effects: { act: 2, means: -2 }, scores: { law: 3 }, next: "close" },
        { id: "no", effects: {}, scores: {}, next: "free" },
      ],
    },
    {
      id: "close",
      phase: "late",
      elements: ["act"],
      evidence: ["e2", "e3"],
      choices: [{ id: "all", effects: { act: 2, means: -2, purpose: 1 }, scores: { law: 2, care: 1 }, next: "guilty" }],
    },
  ],
};

const played = (...choices: string[]): State =>
  choices.reduce<State>((s, choice) => ({ ...decide(game, s, choice), told: false }), newState());

test("a path leads to its ending", () => {
  let s = newState();
  assert.equal(current(game, s)?.id, "charge");
  s = decide(game, s, "yes");
  assert.equal(current(game, s)?.id, "charge", "until the consequence was read");
  assert.equal(decide(game, s, "no"), s, "nothing is decided twice");
  s = { ...s, told: false };
  assert.equal(current(game, s)?.id, "close");
  assert.equal(decide(game, s, "yes"), s, "only what the decision offers");
  s = played("yes", "all");
  assert.equal(current(game, s), undefined);
  assert.equal(placeAfter(game, s.steps), "guilty");
});

test("going back drops what followed and keeps marks and notes", () => {
  const s = { ...played("yes", "all"), read: ["e1"], notes: { e1: "see" } };
  const { state, dropped } = goBack(s, 0);
  assert.equal(dropped, 2);
  assert.equal(current(game, state)?.id, "charge");
  assert.deepEqual([state.read, state.notes], [["e1"], { e1: "see" }]);
  assert.equal(goBack(s, 1).dropped, 1);
});

test("elements stand between -4 and 4", () => {
  assert.deepEqual(board(game, []), { act: 0, means: 0, purpose: 0 });
  const twice = [...played("yes", "all").steps, ...played("yes").steps];
  assert.deepEqual(board(game, twice), { act: 4, means: -4, purpose: 1 });
  assert.deepEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4].map(standing), [1, 1, 2, 2, 3, 4, 4, 5, 5]);
});

test("evidence counts once it is called for", () => {
  assert.deepEqual(evidenceOn(game, newState(), "act"), ["e1", "e2"]);
  assert.deepEqual(evidenceOn(game, played("yes"), "act"), ["e1", "e2", "e3"]);
  assert.deepEqual(evidenceOn(game, played("yes"), "means"), ["e1", "e2"]);
  assert.deepEqual(evidenceOn(game, newState(), "purpose"), []);
});

test("scores by criterion", () => {
  assert.deepEqual(scores(game, played("yes", "all").steps), { law: { points: 5, most: 6, level: 2 }, care: { points: 1, most: 2, level: 1 } });
  assert.deepEqual(scores(game, played("no").steps), { law: { points: 0, most: 0, level: 0 }, care: { points: 0, most: 0, level: 0 } });
});

test("documents come with their phase", () => {
  assert.equal(released(game, "", "early"), true);
  assert.equal(released(game, "late", "early"), false);
  assert.equal(released(game, "late", "late"), true);
});

test("a case that was changed keeps the path as far as it goes", () => {
  const steps = played("yes", "all").steps;
  assert.deepEqual(valid(game, steps), steps);
  assert.deepEqual(valid(game, [steps[0]!, { decision: "close", choice: "gone" }]), [steps[0]]);
  assert.deepEqual(valid(game, [steps[1]!]), []);
});

test("what was stored is read with care", () => {
  const s = { ...played("yes"), begun: true, read: ["e1"], notes: { e1: "x" } };
  assert.deepEqual(stateFrom(JSON.parse(JSON.stringify(s))), s);
  for (const bad of [undefined, null, 3, [], { version: 2 }]) assert.equal(stateFrom(bad), undefined);
  assert.deepEqual(stateFrom({ version: 1, steps: [1, { decision: "a" }], read: [2], notes: { a: 1 }, told: "yes" }), newState());
});
