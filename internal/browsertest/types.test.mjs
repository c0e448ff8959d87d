// Every type of question, and every way of taking a quiz, with the keyboard alone.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { passes } from "./axe.mjs";
import { open } from "./open.mjs";
import { Quiz } from "./quiz.mjs";
import { places } from "./site.mjs";

let session;
before(async () => (session = await open()));
after(() => session?.close());

const all = ["true-false", "single", "multiple", "dropdowns", "text", "numeric", "match", "order", "mark-text", "hotspot", "essay", "likert"];
const unscored = ["essay", "likert"];

function at(lang, name) {
  return `${places.file}/types/${lang}/manual/types/${name}/index.html`;
}

async function visit(lang, name, options) {
  const page = await session.visit(at(lang, name), { fresh: true, ...options });
  const quiz = new Quiz(page, name);
  await quiz.listen();
  return quiz;
}

for (const lang of ["en", "ar"]) {
  test(`every type, wrong and then right: ${lang}`, async () => {
    const quiz = await visit(lang, "every-type");
    const questions = await quiz.questions();
    assert.deepEqual(questions.map((q) => q.type).sort(), all.slice().sort());
    for (const q of questions) {
      await give(quiz, q, "wrong");
      if (unscored.includes(q.type)) {
        await quiz.check(q, "noted");
        continue;
      }
      await quiz.check(q, "wrong");
      for (const said of await quiz.seen(quiz.selector(q, ".feedback"))) await quiz.hears(said);
      assert.ok((await quiz.seen(quiz.selector(q, ".mark-wrong"))).length > 0, `${q.id} has marks`);
      assert.deepEqual(await quiz.seen(quiz.selector(q, ".explanation")), [], `${q.id} does not give itself away`);
      await quiz.keys.press("Enter"); // try again
      await give(quiz, q, "right");
      await quiz.check(q, "right");
      assert.equal((await quiz.seen(quiz.selector(q, ".explanation"))).length, 1, `${q.id} is explained`);
    }
    const score = await quiz.text(`${quiz.root} [data-word=score]`);
    assert.match(score, /100/);
    await quiz.hears(score);

    // It is all there when the page is opened again.
    await quiz.page.reload();
    assert.equal(await quiz.text(`${quiz.root} [data-word=score]`), score);
    for (const q of questions) assert.deepEqual(await answer(quiz, q), await answerTo(quiz, q, "right"), q.id);
    assert.deepEqual(quiz.page.problems, []);
    await quiz.page.close();
  });

  test(`partly right, with paid hints: ${lang}`, async () => {
    const quiz = await visit(lang, "every-type", { width: 320, height: 700 });
    const questions = await quiz.questions();
    for (const type of ["text", "dropdowns", "match"]) {
      const q = questions.find((x) => x.type === type);
      await give(quiz, q, "partly");
      await quiz.check(q, "partly");
      assert.equal((await quiz.seen(quiz.selector(q, ".mark-right"))).length, 1, `${type} has one part right`);
      await explain(quiz, q);
      assert.ok((await quiz.seen(quiz.selector(q, ".mark-wrong"))).length > 0, `${type} says what would have been right`);
    }
    const single = questions.find((q) => q.type === "single");
    await quiz.keys.reach(quiz.button("hint", single));
    assert.match(await quiz.text(quiz.button("hint", single)), /25/, "the price is named");
    await quiz.keys.press("Enter");
    await give(quiz, single, "right");
    await quiz.check(single, "right");
    assert.match(await quiz.text(quiz.selector(single, ".worth")), /75/);
    const { over, small } = await quiz.page.evaluate(() => ({
      over: document.scrollingElement.scrollWidth - innerWidth,
      small: Array.from(document.querySelectorAll(".quiz button, .quiz select, .quiz label"), (e) => e.getBoundingClientRect())
        .filter((r) => r.width > 0 && (r.width < 24 || r.height < 24)).length,
    }));
    assert.ok(over <= 0, `the page is ${over} px too wide`);
    assert.equal(small, 0, "controls are at least 24 px high and wide");
    assert.deepEqual(quiz.page.problems, []);
    await passes(quiz.page, "every type, some wrong, some right, some not answered");
    await quiz.page.close();
  });

  test(`graded, with certainty, some of the questions, feedback at the end: ${lang}`, async () => {
    const quiz = await visit(lang, "graded");
    const first = await quiz.questions();
    assert.equal(first.length, 3, "three of five are drawn");
    await quiz.page.reload();
    await quiz.listen();
    for (const [i, q] of first.entries()) {
      await give(quiz, q, i === 0 ? "wrong" : "right");
      await sure(quiz, q, 3);
    }
    assert.deepEqual((await quiz.questions()).map((q) => q.id), first.map((q) => q.id), "the same three as before");
    await quiz.keys.reach(quiz.button("finish"));
    await quiz.keys.press("Enter");
    assert.ok(await quiz.keys.focused(".result"), "the result has the focus");
    assert.deepEqual(await quiz.seen(`${quiz.root} .verdict`), [(await quiz.words("wrong")).trim(), ...Array(2).fill((await quiz.words("right")).trim())]);
    assert.equal((await quiz.seen(`${quiz.root} [data-when=passed]`)).length, 1, "66% pass");
    // (-6 + 3 + 3) / 3
    assert.equal(await quiz.text(`${quiz.root} [data-word=certainty]`), (await quiz.words("certainty")).replace("{average}", "0"));
    assert.ok((await quiz.seen(`${quiz.root} .result-objectives li`)).length > 0, "the result is told by objective");
    assert.deepEqual(quiz.page.problems, []);
    await passes(quiz.page, "graded and finished");
    await quiz.page.close();
  });
}

test("what was missed comes back when it is due, and does not touch the attempt", async () => {
  const quiz = await visit("en", "every-type");
  const [question, next] = await quiz.questions();
  for (const q of [question, next]) {
    await give(quiz, q, "wrong");
    await quiz.check(q, "wrong");
  }
  const review = `${quiz.root} .quiz-review`;
  await quiz.page.reload();
  assert.deepEqual(await quiz.seen(review), [], "not before tomorrow");
  await quiz.page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem("lectern:review"));
    for (const shelf of Object.values(kept)) for (const entry of Object.values(shelf.questions)) entry.due--;
    localStorage.setItem("lectern:review", JSON.stringify(kept));
  });
  await quiz.page.reload();
  await quiz.listen();
  assert.equal(await quiz.text(`${review} [data-word=due]`), (await quiz.words("due")).replace("{number}", "2"));
  await quiz.keys.reach(quiz.button("review-begin"));
  await quiz.keys.press("Enter");
  assert.deepEqual((await quiz.questions()).map((q) => q.id), [question.id, next.id]);
  await give(quiz, question, "right");
  await quiz.check(question, "right");
  await give(quiz, next, "wrong");
  await quiz.check(next, "wrong");
  await quiz.hears(await quiz.text(`${review} [data-when=reviewed]`));
  const boxes = await quiz.page.evaluate(() => Object.values(JSON.parse(localStorage.getItem("lectern:review")))[0].questions);
  assert.equal(boxes[question.id].box, 1);
  assert.equal(boxes[next.id].box, 0);
  await quiz.keys.reach(quiz.button("review-end"));
  await quiz.keys.press("Enter");
  assert.equal((await quiz.questions()).length, all.length);
  assert.deepEqual(await answer(quiz, question), await answerTo(quiz, question, "wrong"), "the attempt is as it was");
  assert.deepEqual(quiz.page.problems, []);
  await quiz.page.close();
});

test("a question that was changed is open again, and no other", async () => {
  const quiz = await visit("en", "late");
  const questions = await quiz.questions();
  for (const q of questions) await give(quiz, q, "right");
  await quiz.keys.reach(quiz.button("finish"));
  await quiz.keys.press("Enter");
  assert.deepEqual(await quiz.seen(`${quiz.root} .question .verdict, ${quiz.root} .explanation`), [], "feedback waits for the last attempt");
  const [changed, same] = questions;
  await quiz.page.evaluate((id) => {
    const key = Object.keys(localStorage).find((k) => k.endsWith("/late"));
    const state = JSON.parse(localStorage.getItem(key));
    state.answers[id].digest = "before";
    localStorage.setItem(key, JSON.stringify(state));
  }, changed.id);
  await quiz.page.reload();
  const says = async () => quiz.seen(`${quiz.root} .question-changed`);
  assert.deepEqual(await says(), [(await quiz.words("changed")).trim()]);
  assert.deepEqual(await answer(quiz, changed), await answerTo(quiz, changed, "nothing"));
  assert.deepEqual(await answer(quiz, same), await answerTo(quiz, same, "right"));
  assert.equal((await quiz.seen(quiz.button("finish"))).length, 1, "the quiz is open again");
  await quiz.page.reload();
  assert.deepEqual(await says(), [], "it is said once");
  assert.deepEqual(quiz.page.problems, []);
  await quiz.page.close();
});

test("a time limit can be extended and turned off, and runs out gently", async () => {
  const quiz = await visit("en", "timed");
  const time = `${quiz.root} [role=timer]`;
  assert.deepEqual(await quiz.questions(), [], "no question before it begins");
  await quiz.keys.reach(quiz.button("time-begin"));
  await quiz.keys.press("Enter");
  const questions = await quiz.questions();
  assert.equal(questions.length, 2);
  assert.ok(await quiz.keys.focused(".question"), "it begins with the focus on the first question");
  await quiz.keys.reach(quiz.button("time-add"));
  await quiz.keys.press("Enter");
  assert.match(await quiz.text(time), /^(40:00|39:5\d)$/);

  // Three seconds before the end, which is past the time for the warning.
  const leave = (seconds) =>
    quiz.page.evaluate((left) => {
      const key = Object.keys(localStorage).find((k) => k.endsWith("/timed"));
      localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), left }));
    }, seconds);
  await leave(3);
  await quiz.page.reload();
  await quiz.listen();
  assert.equal((await quiz.seen(`${quiz.root} [data-time=warn]`)).length, 1, "there is a warning");
  await quiz.hears(await quiz.text(`${quiz.root} [data-time=over]`));
  assert.equal((await quiz.seen(`${quiz.root} .result`)).length, 1);

  await quiz.keys.reach(quiz.button("again"));
  await quiz.keys.press("Enter");
  assert.ok(await quiz.keys.focused(".quiz-time"), "a new attempt asks again how to begin");
  await quiz.keys.reach(`${quiz.root} [data-time=before] [data-do=time-free]`);
  await quiz.keys.press("Enter");
  assert.deepEqual(await quiz.seen(time), [], "no time is counted");
  for (const q of await quiz.questions()) {
    await give(quiz, q, "right");
    await quiz.check(q, "right");
  }
  assert.equal((await quiz.seen(`${quiz.root} [data-when=passed]`)).length, 1);
  assert.deepEqual(quiz.page.problems, []);
  await quiz.page.close();
});

test("a handout holds no answer, an answer key does", async () => {
  const read = async (kind) => {
    const page = await session.visit(at("en", `${kind}/every-type`), { fresh: true });
    const html = await page.$eval("main", (main) => main.innerHTML);
    assert.deepEqual(page.problems, []);
    await page.close();
    return html;
  };
  const handout = await read("handouts");
  for (const told of ["data-correct", "data-answer", "data-choice", "data-place", "Correct.", "Read again"]) assert.ok(!handout.includes(told), `the handout says ${told}`);
  const key = await read("keys");
  for (const told of ["Correct.", "The way out must stay free.", "An offer is recruitment, an act.", "Who you are and why you are here."]) assert.ok(key.includes(told), `the key does not say ${told}`);
});

/** Gives an answer to a question of any type, how: "right", "wrong" or "partly". */
async function give(quiz, question, how) {
  const { keys, page } = quiz;
  if (question.type === "hotspot") return quiz.give({ ...question, type: "multiple" }, how);
  if (["true-false", "single", "multiple", "order"].includes(question.type)) return quiz.give(question, how);
  const wanted = await answerTo(quiz, question, how);
  if (question.type === "mark-text") {
    for (const [id, on] of Object.entries(wanted)) {
      const word = quiz.selector(question, `.word[data-option="${id}"]`);
      if ((await page.$eval(word, (e) => e.getAttribute("aria-pressed"))) === String(on)) continue;
      await keys.reach(word);
      await keys.press(" ");
    }
  } else if (question.type === "likert") {
    for (const [id, value] of Object.entries(wanted)) {
      await keys.reach(quiz.selector(question, `[data-pair="${id}"]`));
      await keys.press(" ");
      await keys.pressUntil("ArrowDown", quiz.selector(question, `[data-pair="${id}"][value="${value}"]`), 3);
    }
  } else {
    for (const [id, value] of Object.entries(wanted)) await fill(quiz, quiz.selector(question, `[data-field="${id}"]`), value);
  }
  assert.deepEqual(await answer(quiz, question), wanted, question.id);
}

async function fill({ keys, page }, field, value) {
  await keys.reach(field);
  if (await page.$eval(field, (f) => f.tagName !== "SELECT")) {
    await page.$eval(field, (f) => f.select());
    return page.keyboard.type(value);
  }
  await keys.press("Home");
  for (let i = 0; i < 9 && (await page.$eval(field, (f) => f.value)) !== value; i++) await keys.press("ArrowDown");
}

/** What was answered, by part. */
function answer(quiz, question) {
  const read = (root) => {
    const q = document.querySelector(root);
    const out = {};
    for (const f of q.querySelectorAll(".field")) out[f.dataset.field] = f.value;
    for (const w of q.querySelectorAll("button.word")) out[w.dataset.option] = w.getAttribute("aria-pressed") === "true";
    for (const i of q.querySelectorAll(".likert input:checked")) out[i.dataset.pair] = i.value;
    for (const o of q.querySelectorAll(".option[data-option]:not([data-place]) input")) out[o.value] = o.checked;
    if (q.dataset.type === "order") q.querySelectorAll(".option").forEach((o, i) => (out[o.dataset.option] = i + 1));
    return out;
  };
  return quiz.page.evaluate(read, quiz.selector(question));
}

/** What is to be answered, by part, as the page knows it. "partly" has the first part right; of a choice, "wrong" is what quiz.mjs takes. */
function answerTo(quiz, question, how) {
  const read = (root, h) => {
    const q = document.querySelector(root);
    const out = {};
    const right = (i) => h === "right" || (h === "partly" && i === 0);
    q.querySelectorAll(".field").forEach((f, i) => {
      const { field, least, choice } = f.dataset;
      const full = q.querySelector(`.note[data-note="${field}"] [data-fraction="100"]`);
      if (h === "nothing") out[field] = "";
      else if (f.tagName === "SELECT") {
        const fits = (o) => "correct" in o.dataset || o.value === choice;
        out[field] = Array.from(f.options).find((o) => o.value && fits(o) === right(i)).value;
      } else if (f.tagName === "TEXTAREA") out[field] = "Who I am.";
      else out[field] = !right(i) ? (least ? "999" : "nonsense") : least ?? full.dataset.answer.split("|")[0];
    });
    for (const w of q.querySelectorAll("button.word")) out[w.dataset.option] = ("correct" in w.dataset) === (h === "right");
    for (const row of q.querySelectorAll(".likert tbody tr")) out[row.querySelector("input").dataset.pair] = row.querySelectorAll("input")[1].value;
    let wrong = h === "wrong" ? 1 : 0; // only one is chosen
    for (const o of q.querySelectorAll(".option[data-option]:not([data-place])")) out[o.dataset.option] = h === "right" ? "correct" in o.dataset : !("correct" in o.dataset) && wrong-- > 0;
    if (q.dataset.type === "order") q.querySelectorAll(".option").forEach((o) => (out[o.dataset.option] = Number(o.dataset.place)));
    return out;
  };
  return quiz.page.evaluate(read, quiz.selector(question), how);
}

async function explain(quiz, question) {
  await quiz.keys.reach(quiz.button("explain", question));
  await quiz.keys.press("Enter");
}

async function sure(quiz, question, level) {
  const radio = (value) => quiz.selector(question, `.certainty input[value="${value}"]`);
  await quiz.keys.reach(radio(1));
  await quiz.keys.press(" ");
  await quiz.keys.pressUntil("ArrowDown", radio(level), 3);
}
