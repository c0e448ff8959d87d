// A quiz can be taken with the keyboard alone and says what it shows.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { open } from "./open.mjs";
import { Quiz } from "./quiz.mjs";
import { at, each } from "./site.mjs";

let session;
before(async () => (session = await open()));
after(() => session?.close());

for (const [place, lang] of each(["file", "lan"], ["en", "ar"])) {
  test(`an assessment, all wrong and then all right: ${place} ${lang}`, async () => {
    const page = await session.visit(at(place, lang, "quiz"), { fresh: true });
    const quiz = new Quiz(page, "assessment");
    await quiz.listen();
    await complainsOfNoAnswer(quiz);
    await attempt(quiz, "wrong");
    await shows(quiz, 0);

    await quiz.keys.reach(quiz.button("again"));
    await quiz.keys.press("Enter");
    assert.ok(await quiz.keys.focused(".question"), `a new attempt begins with the focus on ${await quiz.keys.describe()}`);
    assert.deepEqual(await quiz.seen(`${quiz.root} .verdict, ${quiz.root} .feedback, ${quiz.root} .result`), [], "a new attempt shows nothing of the last");
    assert.equal((await page.$(`${quiz.root} input:checked`)), null, "a new attempt has no answers");
    await attempt(quiz, "right");
    await shows(quiz, 100);
    assert.deepEqual(await quiz.seen(`${quiz.root} [data-word=best]`), [(await quiz.words("best")).replace("{percent}", "100")]);
    assert.deepEqual(page.problems, []);
    await page.close();
  });

  test(`a question of practice, again until it is right: ${place} ${lang}`, async () => {
    const page = await session.visit(at(place, lang, "lesson"), { fresh: true });
    const quiz = new Quiz(page, "three-elements");
    await quiz.listen();
    const [question, next] = await quiz.questions();
    await hints(quiz, question);
    await quiz.give(question, "wrong");
    await quiz.check(question, "wrong");
    assert.deepEqual(await quiz.seen(quiz.selector(question, ".mark-missed, .explanation")), [], "a wrong answer does not give the right one away");
    await explain(quiz, question);

    const check = quiz.button("check", question);
    assert.equal(await quiz.text(check), await quiz.words("retry"));
    await quiz.keys.reach(check);
    await quiz.keys.press(" ");
    assert.equal(await quiz.text(check), await quiz.words("check"));
    await quiz.give(question, "right");
    await quiz.check(question, "right");

    await quiz.give(next, "right");
    await quiz.check(next, "right");
    const score = await quiz.text(`${quiz.root} [data-word=score]`);
    assert.match(score, /100/);
    await quiz.hears(score);
    assert.deepEqual(page.problems, []);
    await page.close();
  });
}

/** Answers and checks every question. */
async function attempt(quiz, how) {
  const questions = await quiz.questions();
  assert.ok(questions.length >= 10, "an assessment has questions");
  for (const type of ["true-false", "single", "multiple", "order"]) assert.ok(questions.some((q) => q.type === type), `none is ${type}`);
  for (const q of questions) {
    await quiz.give(q, how);
    await quiz.check(q, how);
    assert.ok((await quiz.seen(quiz.selector(q, ".explanation"))).length === 1, `${q.id} is explained`);
    const marks = await quiz.seen(quiz.selector(q, how === "right" ? ".mark-right" : ".mark-wrong"));
    assert.ok(marks.length > 0, `${q.id} has marks beside its options`);
  }
}

/** The result is on the page and was said. */
async function shows(quiz, percent) {
  const passed = percent === 100 ? "passed" : "failed";
  assert.equal((await quiz.seen(`${quiz.root} .result`)).length, 1, "the result is shown");
  for (const when of ["passed", "failed"]) {
    assert.equal((await quiz.seen(`${quiz.root} [data-when=${when}]`)).length, when === passed ? 1 : 0, `${percent}% is ${passed}`);
  }
  const score = await quiz.text(`${quiz.root} [data-word=score]`);
  assert.ok(score.includes(`${percent}%`) || score.includes(`${percent}`), score);
  await quiz.hears(score);
  await quiz.hears(await quiz.text(`${quiz.root} [data-when=${passed}]`));
}

async function complainsOfNoAnswer(quiz) {
  const question = (await quiz.questions()).find((q) => q.type !== "order");
  await quiz.keys.reach(quiz.button("check", question));
  await quiz.keys.press("Enter");
  const words = await quiz.words("choose");
  assert.equal(await quiz.text(quiz.selector(question, ".verdict")), words);
  await quiz.hears(words);
}

async function hints(quiz, question) {
  const button = quiz.button("hint", question);
  assert.ok(question.hints > 0, `${question.id} has hints`);
  for (let i = 0; i < question.hints; i++) {
    await quiz.keys.reach(button);
    await quiz.keys.press("Enter");
    const [hint] = (await quiz.seen(quiz.selector(question, ".hints > li"))).slice(-1);
    await quiz.hears(hint);
  }
  assert.equal((await quiz.seen(quiz.selector(question, ".hints > li"))).length, question.hints);
  assert.ok(await quiz.keys.focused(button), "the button for hints keeps the focus");
}

async function explain(quiz, question) {
  await quiz.keys.reach(quiz.button("explain", question));
  await quiz.keys.press("Enter");
  assert.equal((await quiz.seen(quiz.selector(question, ".explanation"))).length, 1);
  assert.ok(await quiz.keys.focused(quiz.selector(question, ".explanation")), "the explanation has the focus");
}
