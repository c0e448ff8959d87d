// A role of a mock trial can be played alone to each of its endings, with the keyboard, and what was done is kept.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { passes } from "./axe.mjs";
import { Keyboard } from "./keyboard.mjs";
import { open } from "./open.mjs";
import { each, places } from "./site.mjs";

const roles = ["prosecutor", "defence-counsel", "judge"];

let session;
before(async () => (session = await open()));
after(() => session?.close());

for (const [lang, role] of each(["en", "ar"], roles)) {
  test(`to each ending: ${lang} ${role}`, async () => {
    const played = await visit(lang, role);
    const { page } = played;
    const paths = await played.paths();
    assert.ok(paths.length >= 4, "there are several endings");
    for (const { ending, steps } of paths) {
      for (const step of steps) await played.decide(step);
      assert.deepEqual(await seen(page, ".ending", "ending"), [ending]);
      assert.ok(await played.keys.focused(`[data-ending="${ending}"] h2`), `the focus is on ${await played.keys.describe()}`);
      await played.debriefs(steps);
      await click(page, "[data-do=again]");
    }
    assert.deepEqual(page.problems, []);
    await page.close();
  });
}

for (const lang of ["en", "ar"]) {
  test(`with the keyboard, going back, and again after a visit elsewhere: ${lang}`, async () => {
    const played = await visit(lang, "judge", { begin: false });
    const { page, keys } = played;
    await accessible(page, "the start");
    await keys.reach("[data-do=begin]");
    await keys.press("Enter");
    const [{ steps }] = (await played.paths()).sort((a, b) => b.steps.length - a.steps.length);
    assert.ok(steps.length >= 4, "a path is long enough to go back on it");

    await keys.reach("[data-do=decide]");
    await keys.press("Enter");
    assert.deepEqual(await seen(page, ".verdict"), [await words(page, "choose")], "nothing is decided without a choice");
    assert.ok(await keys.focused(".choice input"), await keys.describe());
    for (const step of steps.slice(0, 3)) await played.decideByKeyboard(step);

    const evidence = `[data-decision="${steps[3].decision}"] .at-hand a`;
    await keys.reach(evidence);
    await keys.press("Enter");
    const id = await page.$eval(evidence, (a) => a.hash);
    assert.ok(await keys.focused(`${id} > summary`), await keys.describe());
    assert.ok(await page.$eval(id, (d) => d.open && d.classList.contains("doc-evidence")));
    await keys.reach(`${id} .doc-read input`);
    await keys.press(" ");
    await keys.reach(`${id} textarea`);
    await page.keyboard.type("zebra");
    assert.ok((await seen(page, `[data-word=numbers] a[href="${id}"]`)).length > 0, "the board names the evidence that was read");
    await keys.reach(`${id} [data-do=to-decision]`);
    await keys.press("Enter");
    assert.ok(await keys.focused(`[data-decision="${steps[3].decision}"] h2`), await keys.describe());
    await accessible(page, "the middle");

    await page.reload();
    await page.waitForSelector("[data-ready]");
    assert.deepEqual(await seen(page, ".decision", "decision"), [steps[3].decision], "the place is kept");
    assert.equal(await page.$eval(`${id} textarea`, (t) => t.value), "zebra");
    assert.ok(await page.$eval(`${id} .doc-read input`, (c) => c.checked));
    await played.searches("ZÉBRA", [id.slice("#ui-doc-".length)]);
    await played.searches("qqqq", []);
    await played.searches("", undefined);

    await keys.reach(".path summary");
    await keys.press("Enter");
    await keys.reach(`.path [data-step="1"]`);
    await keys.press("Enter");
    assert.ok(await keys.focused(`[data-decision="${steps[1].decision}"] h2`), await keys.describe());
    await hears(page, (await words(page, "wentBack")).replace("{title}", await text(page, `[data-decision="${steps[1].decision}"] h2`)).replace("{number}", "1"));
    for (const step of steps.slice(1)) await played.decideByKeyboard(step);
    await played.debriefs(steps);
    await accessible(page, "the debrief");
    assert.equal((await page.$$(".debrief .roles a")).length, roles.length - 1);

    await keys.reach("[data-do=forget]");
    await keys.press("Enter");
    await page.reload();
    await page.waitForSelector("[data-ready]");
    assert.equal((await seen(page, ".care")).length, 1, "nothing is kept");
    assert.equal(await page.$eval(`${id} textarea`, (t) => t.value), "");
    assert.deepEqual(page.problems, []);
    await page.close();
  });

  test(`on a narrow screen nothing runs out of it: ${lang}`, async () => {
    const played = await visit(lang, "prosecutor", { width: 320 });
    const { page } = played;
    const [{ steps }] = await played.paths();
    const fits = async () => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
    await page.$eval(".casefile-fold", (d) => (d.open = true));
    await page.$$eval(".doc", (all) => all.forEach((d) => (d.open = true)));
    await fits();
    for (const step of steps) {
      await played.decide(step);
      await fits();
    }
    await page.close();
  });
}

async function visit(lang, role, { begin = true, width = 1280 } = {}) {
  const page = await session.visit(`${places.file}/learner/${lang}/mock-trials/orchard/play/${role}/index.html`, { fresh: true, width });
  await page.waitForSelector("[data-ready]");
  if (begin) await click(page, "[data-do=begin]");
  return new Played(page);
}

class Played {
  constructor(page) {
    this.page = page;
    this.keys = new Keyboard(page);
  }

  /** A shortest path to each ending, found on the page. */
  async paths() {
    const game = await this.page.$$eval("[data-decision]", (all) =>
      all.map((d) => ({
        id: d.dataset.decision,
        choices: Array.from(d.querySelectorAll("[data-choice]"), (c) => {
          const numbers = (name, value) => Object.fromEntries(Array.from(c.querySelectorAll(`[data-${name}]`), (e) => [e.dataset[name], Number(e.dataset[value])]));
          return { choice: c.dataset.choice, next: c.dataset.next, effects: numbers("element", "effect"), scores: numbers("criterion", "level") };
        }),
      })),
    );
    const decisions = new Map(game.map((d) => [d.id, d]));
    const found = [];
    const been = new Set();
    for (const queue = [{ at: game[0].id, steps: [] }]; queue.length > 0; ) {
      const { at, steps } = queue.shift();
      if (been.has(at)) continue;
      been.add(at);
      const decision = decisions.get(at);
      if (!decision) found.push({ ending: at, steps });
      else for (const { next, ...step } of decision.choices) queue.push({ at: next, steps: [...steps, { decision: at, ...step }] });
    }
    const endings = await this.page.$$eval("[data-ending]", (all) => all.map((e) => e.dataset.ending));
    assert.deepEqual(found.map((f) => f.ending).sort(), endings.sort(), "every ending on the page is reached");
    return found;
  }

  radio(step) {
    return `[data-decision="${step.decision}"] [data-choice="${step.choice}"] input`;
  }

  /** Decides and goes on, in one go: every word to the browser takes its time. */
  async decide(step) {
    const done = await this.page.evaluate(
      ({ decision, choice }, radio) => {
        const shown = Array.from(document.querySelectorAll(".decision:not([hidden])"), (d) => d.dataset.decision).join();
        document.querySelector(radio).click();
        document.querySelector("[data-do=decide]").click();
        const outcome = document.querySelector(".outcome");
        const follows = document.querySelector(`[data-decision="${decision}"] [data-choice="${choice}"] .follows-text`).textContent;
        const told = outcome.getClientRects().length > 0 && outcome.textContent.includes(follows);
        const focused = document.activeElement === outcome.querySelector("h3");
        document.querySelector("[data-do=next]").click();
        return { shown, told, focused };
      },
      step,
      this.radio(step),
    );
    assert.deepEqual(done, { shown: step.decision, told: true, focused: true });
  }

  async decideByKeyboard(step) {
    assert.deepEqual(await seen(this.page, ".decision", "decision"), [step.decision]);
    await this.keys.reach(`[data-decision="${step.decision}"] .choice input`);
    await this.keys.press(" ");
    await this.keys.pressUntil("ArrowDown", this.radio(step), 6);
    await this.keys.reach("[data-do=decide]");
    await this.keys.press("Enter");
    await this.told(step);
    await hears(this.page, await text(this.page, ".outcome-text > :first-child > *"));
    await this.keys.reach("[data-do=next]");
    await this.keys.press("Enter");
    assert.ok(await this.keys.focused("section:not([hidden]) h2"), `a new place begins with the focus on ${await this.keys.describe()}`);
  }

  /** What follows is shown and has the focus. */
  async told(step) {
    const told = (await seen(this.page, ".outcome-text"))[0] ?? "";
    assert.ok(told.includes(await text(this.page, `[data-decision="${step.decision}"] [data-choice="${step.choice}"] .follows-text`)), told);
    assert.ok(await this.keys.focused(".outcome h3"), `after deciding, the focus is on ${await this.keys.describe()}`);
  }

  /** The debrief lists the decisions with their effects and counts levels; the board shows the sums. */
  async debriefs(steps) {
    const listed = await this.page.evaluate(
      (made) =>
        Array.from(document.querySelectorAll(".debrief-steps > li"), (li, i) => ({
          title: li.querySelector("h3").textContent === document.querySelector(`[data-decision="${made[i]?.decision}"] h2`)?.textContent,
          effects: Object.fromEntries(Array.from(li.querySelectorAll("[data-effect]"), (e) => [e.dataset.element, Number(e.dataset.effect)])),
          scores: Object.fromEntries(Array.from(li.querySelectorAll("[data-level]"), (e) => [e.dataset.criterion, Number(e.dataset.level)])),
          seen: li.getClientRects().length > 0,
        })),
      steps,
    );
    assert.deepEqual(listed, steps.map(({ effects, scores }) => ({ title: true, effects, scores, seen: true })));
    const values = await this.page.$$eval("[data-board]", (all) => Object.fromEntries(all.map((e) => [e.dataset.board, Number(e.dataset.value)])));
    for (const element of ["act", "means", "purpose"]) {
      const sum = steps.reduce((n, s) => n + (s.effects[element] ?? 0), 0);
      assert.equal(values[element], Math.max(-4, Math.min(4, sum)), element);
    }
    const counted = await this.page.$$eval(".rubric > [data-criterion]", (all) =>
      all.map((e) => ({ id: e.dataset.criterion, most: Number(e.dataset.most), words: e.querySelector("[data-word=score]").textContent })),
    );
    const [points, unscored] = [await words(this.page, "points"), await words(this.page, "unscored")];
    for (const { id, most, words: said } of counted) {
      const levels = steps.map((s) => s.scores[id]).filter((n) => n !== undefined);
      const sum = levels.reduce((a, b) => a + b, 0);
      const want = levels.length ? points.replace("{points}", sum).replace("{most}", most * levels.length) : unscored;
      assert.equal(said, want, id);
    }
  }

  /** Looks for words; undefined stands for all documents. */
  async searches(query, want) {
    await this.page.$eval("#ui-search", (i) => {
      i.value = "";
      i.dispatchEvent(new Event("input", { bubbles: true }));
      i.focus();
    });
    await this.page.keyboard.type(query);
    const found = await this.page.$$eval(".doc:not([hidden])", (all) => all.map((d) => d.dataset.doc));
    if (want) assert.deepEqual(found, want);
    else assert.ok(found.length > 10);
  }
}

async function accessible(page, state) {
  assert.deepEqual(page.problems, [], state);
  await passes(page, state);
  page.problems.length = 0; // axe tries to read the styles, which no page from a folder may
}

/** A click as a script gives it: where things stand on the screen is not what is tested. */
function click(page, selector) {
  return page.$eval(selector, (e) => e.click());
}

/** The texts, or a value of the data, of what takes up space. */
function seen(page, selector, data) {
  return page.$$eval(selector, (all, name) => all.filter((e) => e.getClientRects().length > 0).map((e) => (name ? e.dataset[name] : e.textContent.trim())), data);
}

function text(page, selector) {
  return page.$eval(selector, (e) => e.textContent.trim());
}

function words(page, name) {
  return page.$eval("#ui-play-parts", (t, n) => t.dataset[n], name);
}

/** Waits until something was said that holds the words. */
async function hears(page, wanted) {
  const waits = async (w) => {
    const status = document.querySelector("[data-play] > [role=status]");
    const end = Date.now() + 10_000;
    while (!status.textContent.includes(w) && Date.now() < end) await new Promise((done) => setTimeout(done, 10));
    return status.textContent;
  };
  const said = await page.evaluate(waits, wanted);
  assert.ok(said.includes(wanted), `not heard: ${wanted}\nheard: ${said}`);
}
