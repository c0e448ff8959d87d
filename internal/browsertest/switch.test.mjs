// From one language to another: to the same page, and to the same place on it; and the first page, where the language is chosen.

import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { open } from "./open.mjs";
import { at, each, languages, pages, startAt } from "./site.mjs";

let session, plain;
before(async () => {
  session = await open();
  plain = await open({ scripts: false });
});
after(async () => {
  await session?.close();
  await plain?.close();
});

// Kinds of pages that are made to be printed, and lead nowhere.
const onPaper = ["handout", "key", "packet", "papers"];

const withoutHash = (address) => address.replace(/#.*/, "");

for (const [place, scripts] of each(["file", "lan"], [true, false])) {
  test(`the switcher leads to the same page: ${place}${scripts ? "" : " without scripts"}`, async () => {
    const browser = scripts ? session : plain;
    for (const [kind, edition] of scripts ? pages : [["home", "learner"], ["lesson", "learner"], ["quiz", "learner"]]) {
      const page = await browser.visit(at(place, "en", kind, edition));
      if ((await page.$(".languages")) === null) {
        assert.ok(onPaper.includes(kind), `${kind} has a switcher`);
        await page.close();
        continue;
      }
      for (const lang of kind === "lesson" ? ["ar", "zh", "ru", "en"] : ["ar"]) {
        await follow(page, `.languages a[hreflang=${lang}]`);
        assert.equal(withoutHash(page.url()), at(place, lang, kind, edition));
        assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
      }
      assert.deepEqual(page.problems, []);
      await page.close();
    }
  });
}

for (const [place, [from, to]] of each(["file", "lan"], [["en", "ar"], ["ar", "fr"]])) {
  test(`the switcher leads to the same paragraph: ${place} ${from} to ${to}`, async () => {
    const page = await session.visit(at(place, from, "table"));
    const id = await page.evaluate(() => {
      const paragraphs = document.querySelectorAll(".prose > p[id]");
      const p = paragraphs[paragraphs.length - 1];
      p.scrollIntoView({ block: "start" });
      return p.id;
    });
    await readAWhile();
    await follow(page, `.languages a[hreflang=${to}]`);
    assert.equal(new URL(page.url()).hash, `#${id}`);
    const { top, bottom, height } = await page.$eval(`[id="${id}"]`, (e) => ({ ...e.getBoundingClientRect().toJSON(), height: innerHeight }));
    assert.ok(top >= 0 && bottom <= height, `the paragraph is on the screen: ${top} to ${bottom} of ${height}`);
    await page.close();
  });

  test(`the switcher leads to the top from the top: ${place} ${from} to ${to}`, async () => {
    const page = await session.visit(at(place, from, "table"));
    await follow(page, `.languages a[hreflang=${to}]`);
    assert.equal(await page.evaluate(() => window.scrollY), 0);
    await page.close();
  });
}

for (const place of ["file", "lan"]) {
  test(`the first page leads to a language and remembers it: ${place}`, async () => {
    const page = await session.visit(startAt(place), { fresh: true });
    const offered = await page.evaluate(() => Array.from(document.querySelectorAll(".start-list a"), (a) => a.hreflang));
    assert.deepEqual(offered, languages);
    assert.deepEqual(await extractFirst(page), []);
    assert.deepEqual(page.problems, []);
    await follow(page, ".start-list a[hreflang=fr]");
    assert.equal(page.url(), at(place, "fr", "home"));
    await page.goto(startAt(place)).catch(() => {}); // the page leads on while it loads
    await page.waitForFunction((there) => location.href === there, { polling: 50 }, at(place, "fr", "home"));
    await page.goto(`${startAt(place)}#languages`);
    assert.equal(page.url(), `${startAt(place)}#languages`);
    await page.close();
  });

  test(`the first page works without scripts: ${place}`, async () => {
    const page = await plain.visit(startAt(place));
    assert.deepEqual(await extractFirst(page), []);
    await follow(page, ".start-list a[hreflang=ar]");
    assert.equal(page.url(), at(place, "ar", "home"));
    await page.close();
  });
}

test("the first page alone, as in an opened ZIP file, says in every language to extract it", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "lectern-zip-"));
  t.after(() => rm(folder, { recursive: true }));
  await copyFile(fileURLToPath(startAt("file")), join(folder, "index.html"));
  for (const browser of [session, plain]) {
    const page = await browser.visit(pathToFileURL(join(folder, "index.html")).href);
    assert.deepEqual(await extractFirst(page), languages);
    await page.close();
  }
});

/** The languages in which the page says to extract the files, to those who see. */
function extractFirst(page) {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll(".extract-first"))
      .filter((p) => p.getClientRects().length > 0 && p.textContent.trim() !== "")
      .map((p) => p.lang),
  );
}

/** Clicks a link where it is, after scrolling to it, and waits for the page that it leads to. */
async function follow(page, selector) {
  const [x, y] = await page.evaluate((s) => {
    const link = document.querySelector(s);
    link.scrollIntoView({ block: "nearest" });
    const box = link.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }, selector);
  await Promise.all([page.waitForNavigation(), page.mouse.click(x, y)]);
}

/** Readers stay at a place before they look for the switcher. */
function readAWhile() {
  return new Promise((resolve) => setTimeout(resolve, 1500));
}
