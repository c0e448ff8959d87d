// No page is wider than a small telephone's window or a computer's, in any language, and what is pressed is large enough for a finger.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { open } from "./open.mjs";
import { at, each, languages, pages, startAt } from "./site.mjs";

let session;
before(async () => (session = await open()));
after(() => session?.close());

const sizes = [
  [360, 640],
  [1280, 800],
];

for (const lang of languages) {
  test(`pages fit: ${lang}`, async () => {
    const page = await session.visit(at("file", lang, "home"));
    for (const [kind, edition] of pages) await fits(page, at("file", lang, kind, edition));
    await page.close();
  });
}

test("the first page fits", async () => {
  const page = await session.visit("about:blank", { fresh: true });
  await fits(page, startAt("file"));
  await page.close();
});

for (const lang of ["ar", "ru"]) {
  test(`the largest text fits a telephone: ${lang}`, async () => {
    const page = await session.visit(at("file", lang, "home"), { width: 360, height: 640 });
    for (const [kind, edition] of pages) {
      await page.goto(at("file", lang, kind, edition));
      await page.evaluate(() => {
        document.documentElement.setAttribute("data-size", "3");
        document.querySelector(".settings")?.setAttribute("open", "");
      });
      assert.deepEqual(await tooWide(page), [], `${kind} ${edition}`);
    }
    await page.close();
  });
}

for (const [lang, width] of each(["en", "ar"], [360, 1280])) {
  test(`the controls of a quiz are large enough: ${lang} at ${width}`, async () => {
    const page = await session.visit(at("file", lang, "quiz"), { width, height: 800 });
    const { small, count } = await page.evaluate(() => {
      const small = [];
      let count = 0;
      for (const control of document.querySelectorAll(".quiz button, .quiz label, .quiz summary, .quiz a, header a, header summary")) {
        const box = control.getBoundingClientRect();
        if (box.width === 0 || box.height === 0) continue;
        count++;
        // A link inside a sentence has the height of its line.
        if (control.matches("p:not(.question-see) a")) continue;
        if (box.width < 24 || box.height < 24) small.push(`${control.outerHTML.slice(0, 120)}: ${box.width} x ${box.height}`);
      }
      return { small, count };
    });
    assert.deepEqual(small, []);
    assert.ok(count > 80, `${count} controls were measured`);
    await page.close();
  });
}

async function fits(page, address) {
  for (const [width, height] of sizes) {
    await page.setViewport({ width, height });
    if (page.url() !== address) await page.goto(address);
    assert.equal(await page.evaluate(() => window.innerWidth), width);
    assert.deepEqual(await tooWide(page), [], `${address} at ${width}`);
  }
}

/** What makes the page wider than its window, if it is. */
function tooWide(page) {
  return page.evaluate(() => {
    const page = document.scrollingElement;
    if (page.scrollWidth <= window.innerWidth && page.scrollWidth <= page.clientWidth) return [];
    const out = [`the page has ${page.scrollWidth}, the window ${page.clientWidth}`];
    for (const e of document.body.querySelectorAll("*")) {
      const { left, right, width } = e.getBoundingClientRect();
      if (width > 0 && (right > page.clientWidth + 1 || left < -1)) out.push(`${e.outerHTML.slice(0, 120)}: ${left} to ${right}`);
    }
    return out.slice(0, 8);
  });
}
