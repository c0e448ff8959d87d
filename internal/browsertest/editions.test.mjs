// Facilitators see their boxes and the answers, and learners do not.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { open } from "./open.mjs";
import { at, each } from "./site.mjs";

let session;
before(async () => (session = await open()));
after(() => session?.close());

for (const [place, lang] of each(["file", "lan"], ["en", "ar"])) {
  test(`editions: ${place} ${lang}`, async () => {
    const page = await session.visit(at(place, lang, "noted"));
    assert.deepEqual(await seen(page), { boxes: 0, banner: 0, words: 0 });
    await page.goto(at(place, lang, "noted", "facilitator"));
    const { boxes, banner, words } = await seen(page);
    assert.ok(boxes > 0 && words > 20, "notes are seen");
    assert.equal(banner, 1, "and whom they are for");
    await page.goto(at(place, lang, "quiz", "facilitator"));
    assert.equal(await page.$eval(".answer-key summary", (e) => e.checkVisibility()), true, "the key is offered");
    await page.close();
  });
}

function seen(page) {
  return page.evaluate(() => {
    const visible = (s) => Array.from(document.querySelectorAll(s)).filter((e) => e.checkVisibility() && e.getClientRects().length > 0);
    const boxes = visible(".box-facilitator");
    return { boxes: boxes.length, banner: visible(".edition").length, words: boxes.map((b) => b.innerText).join(" ").split(/\s+/).filter(Boolean).length };
  });
}
