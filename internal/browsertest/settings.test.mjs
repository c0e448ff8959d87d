// Text size and colours: set by keyboard, kept, and undone.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { Keyboard } from "./keyboard.mjs";
import { isFirefox, open } from "./open.mjs";
import { at, each } from "./site.mjs";

let session;
before(async () => (session = await open()));
after(() => session?.close());

const colours = { light: "rgb(255, 255, 255)", dark: "rgb(17, 22, 29)", contrast: "rgb(0, 0, 0)" };

for (const [place, lang] of each(["file", "lan"], ["en", "ar"])) {
  test(`settings are kept: ${place} ${lang}`, async () => {
    const page = await session.visit(at(place, lang, "lesson"), { fresh: true });
    const keys = new Keyboard(page);
    const begun = await look(page);
    assert.equal(begun.background, colours.light);

    await keys.reach(".settings summary");
    await keys.press("Enter");
    await choose(keys, "size", "2");
    await choose(keys, "theme", "dark");
    const chosen = await look(page);
    assert.equal(chosen.background, colours.dark);
    assert.ok(chosen.size > begun.size * 1.1, `text grew from ${begun.size} to ${chosen.size}`);

    await keys.press("Escape");
    assert.equal(await page.$eval(".settings", (d) => d.open), false, "Escape closes the panel");
    assert.ok(await keys.focused(".settings summary"), `and then the focus is on ${await keys.describe()}`);

    await page.reload();
    assert.deepEqual(await look(page), chosen, "kept on reload");
    assert.deepEqual(await pressed(page), ["2", "dark"]);
    // In Firefox every local file has a store of its own.
    if (!(place === "file" && isFirefox)) {
      await page.goto(at(place, lang, "glossary"));
      assert.equal((await look(page)).background, colours.dark, "kept on another page");
      await page.goto(at(place, lang, "lesson"));
    }

    await keys.reach(".settings summary");
    await keys.press("Enter");
    await choose(keys, "theme", "contrast");
    assert.equal((await look(page)).background, colours.contrast);
    await choose(keys, "size", "0");
    await choose(keys, "theme", "system");
    assert.deepEqual(await look(page), begun, "back to what it was");
    assert.deepEqual(page.problems, []);
    await page.close();
  });
}

test("the panel closes when the focus leaves it", async () => {
  const page = await session.visit(at("file", "en", "lesson"), { fresh: true });
  const keys = new Keyboard(page);
  await keys.reach(".settings summary");
  await keys.press("Enter");
  await keys.reach("main a");
  assert.equal(await page.$eval(".settings", (d) => d.open), false);
  await page.close();
});

test("a device in dark has the dark colours, until another choice", async (t) => {
  const dark = await open({ dark: true });
  t.after(() => dark.close());
  const page = await dark.visit(at("file", "en", "lesson"));
  const asTheDevice = await tokens(page);
  assert.equal((await look(page)).background, colours.dark);
  await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
  assert.deepEqual(await tokens(page), asTheDevice);
  assert.ok(Object.keys(asTheDevice).length > 15);
  await page.evaluate(() => document.documentElement.setAttribute("data-theme", "light"));
  assert.equal((await look(page)).background, colours.light);
});

/** The colours that all style sheets take from tokens.css. */
function tokens(page) {
  return page.evaluate(() => {
    const names = ["paper", "wash", "ink", "soft", "line", "edge", "accent", "accent-deep", "on-accent", "tint", "good", "good-wash", "bad", "bad-wash"];
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries([...names, "part", "part-wash", "grape", "focus"].map((n) => [n, style.getPropertyValue(`--${n}`).trim()]));
  });
}

async function choose(keys, setting, value) {
  const button = `[data-setting="${setting}"][data-value="${value}"]`;
  await keys.reach(button);
  await keys.press("Enter");
  assert.equal(await keys.page.$eval(button, (b) => b.getAttribute("aria-pressed")), "true");
}

function look(page) {
  return page.evaluate(() => ({
    background: getComputedStyle(document.body).backgroundColor,
    size: parseFloat(getComputedStyle(document.querySelector("main p")).fontSize),
  }));
}

function pressed(page) {
  return page.evaluate(() => Array.from(document.querySelectorAll('[data-setting][aria-pressed="true"]'), (b) => b.dataset.value));
}
