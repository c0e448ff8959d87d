// Every kind of page opens from everywhere without anything going wrong, and asks for nothing but its own parts.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { isFirefox, open } from "./open.mjs";
import { at, each, pages, places, startAt } from "./site.mjs";
import { missing } from "./watch.mjs";

let session;
before(async () => (session = await open()));
after(() => session?.close());

const few = pages.filter(([kind, edition]) => edition === "learner" && ["home", "lesson", "quiz"].includes(kind));

for (const [place, lang] of each(Object.keys(places), ["en", "ar", "zh"])) {
  test(`pages open: ${place} ${lang}`, async () => {
    for (const [kind, edition] of place === "http" || lang === "zh" ? few : pages) await opens(place, at(place, lang, kind, edition), lang === "ar");
  });
}

for (const place of Object.keys(places)) {
  test(`the first page opens: ${place}`, async () => {
    await opens(place, startAt(place), false, { fresh: true }); // who chose a language before would be led on
  });

  test(`the Arabic font is used on pages in Arabic: ${place}`, async () => {
    const page = await session.visit(at(place, "ar", "lesson"));
    // A browser may do without an optional font that comes late, and have it the next time.
    let status = await fontStatus(page);
    for (let visits = 1; status !== "loaded" && visits < 5; visits++) {
      await page.reload();
      status = await fontStatus(page);
    }
    assert.equal(status, "loaded");
    await page.goto(at(place, "en", "lesson"));
    assert.equal(await fontStatus(page), "unloaded");
    await page.close();
  });
}

function fontStatus(page) {
  return page.evaluate(async () => {
    await document.fonts.ready;
    return Array.from(document.fonts, (f) => f.status).join();
  });
}

async function opens(place, address, arabic = false, options = {}) {
  const page = await session.visit(address, options);
  assert.deepEqual(await missing(page), [], address);
  assert.deepEqual(page.problems, [], address);
  // Firefox does not report what it reads from a folder.
  if (!(isFirefox && place === "file")) asksForItsParts(page, address, arabic);
  await page.close();
}

function asksForItsParts(page, address, arabic) {
  const site = address.replace(/\/(learner|facilitator)\/.*/, "/$1/");
  const parts = [/\/assets\/\w+\.\w+\.(css|js)$/, /\/media\/.*\.svg$/, /\/icon\.svg$/];
  if (arabic) parts.push(/\/fonts\/[\w.-]+\.woff2$/);
  assert.ok(page.requests.length >= 2, `${address}: requests were not seen`);
  for (const asked of page.requests) {
    assert.ok(asked.startsWith(site), `${address} asks for ${asked}, outside its site`);
    assert.ok(asked === address || parts.some((part) => part.test(asked)), `${address} asks for ${asked}`);
  }
}
