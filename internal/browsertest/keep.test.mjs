// What a reader answered is there the next day: the browser is closed and opened again.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { isFirefox, open } from "./open.mjs";
import { Quiz } from "./quiz.mjs";
import { at, each } from "./site.mjs";

for (const [place, lang] of each(["file", "lan"], ["en", "ar"])) {
  test(`answers are kept: ${place} ${lang}`, async (t) => {
    const profile = await mkdtemp(join(tmpdir(), "lectern-reader-"));
    t.after(() => rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

    const before = await sitting(profile, at(place, lang, "quiz"), async (quiz) => {
      const [checked, given, ordered] = await three(quiz);
      await quiz.give(checked, "wrong");
      await quiz.check(checked, "wrong");
      await quiz.keys.reach(quiz.button("hint", given));
      await quiz.keys.press("Enter");
      await quiz.give(given, "right");
      await quiz.give(ordered, "right");
      return remembered(quiz);
    });
    const [checked, given, ordered] = before;
    assert.ok(checked.verdict && checked.locked && checked.chosen.length === 1, "an answer was checked");
    assert.ok(!given.verdict && given.hints === 1 && given.chosen.length === 1, "another was given, with a hint");
    assert.ok(ordered.options.length > 2 && !ordered.locked);

    const after = await sitting(profile, at(place, lang, "quiz"), remembered);
    assert.deepEqual(after, before);

    // In Firefox every local file has a store of its own.
    if (place === "file" && isFirefox) return;
    const other = await sitting(profile, at(place, lang === "ar" ? "fr" : "ar", "quiz"), remembered);
    assert.deepEqual(
      other.map(({ verdict, ...rest }) => rest),
      before.map(({ verdict, ...rest }) => rest),
      "the answers are there in another language too",
    );
  });
}

/** One sitting at the computer, from opening the browser to closing it. */
async function sitting(profile, address, use) {
  const session = await open({ profile });
  try {
    const page = await session.visit(address);
    const quiz = new Quiz(page, "assessment");
    await quiz.listen();
    const result = await use(quiz);
    assert.deepEqual(page.problems, []);
    return result;
  } finally {
    await session.close();
  }
}

/** Three questions in the order of the page: one of a single choice, another with a hint, one to put in order. */
async function three(quiz) {
  const questions = await quiz.questions();
  const first = questions.findIndex((q) => q.type === "single" || q.type === "multiple");
  const second = questions.findIndex((q, i) => i > first && q.type === "single" && q.hints > 0);
  const third = questions.findIndex((q, i) => i > second && q.type === "order");
  return [questions[first], questions[second], questions[third]];
}

async function remembered(quiz) {
  const out = [];
  for (const q of await three(quiz)) {
    out.push({
      id: q.id,
      options: q.options.map((o) => o.id), // as they stand, shuffled or moved
      chosen: await quiz.chosen(q),
      hints: (await quiz.seen(quiz.selector(q, ".hints > li"))).length,
      verdict: await quiz.text(quiz.selector(q, ".verdict")),
      locked: (await quiz.page.$(quiz.selector(q) + "[data-locked]")) !== null,
    });
  }
  return out;
}
