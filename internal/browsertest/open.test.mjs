// The tests are worth something only in browsers that are as strict as their readers' browsers.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { isFirefox, open } from "./open.mjs";
import { at } from "./site.mjs";

let session, folder;
before(async () => {
  session = await open();
  folder = await mkdtemp(join(tmpdir(), "lectern-files-"));
  for (const name of ["one", "two"]) await writeFile(join(folder, `${name}.html`), `<!doctype html><title>${name}</title><p>${name}`);
});
after(async () => {
  await session?.close();
  if (folder) await rm(folder, { recursive: true });
});

test("a local file cannot read another", async () => {
  const page = await session.visit(pathToFileURL(join(folder, "one.html")).href);
  const read = await page.evaluate(() => fetch("two.html").then(() => "was read", () => "was refused"));
  assert.equal(read, "was refused");
});

test("local files share their storage in Chromium and not in Firefox", async () => {
  const page = await session.visit(pathToFileURL(join(folder, "one.html")).href);
  await page.evaluate(() => localStorage.setItem("from", "one"));
  await page.goto(pathToFileURL(join(folder, "two.html")).href);
  assert.equal(await page.evaluate(() => localStorage.getItem("from")), isFirefox ? null : "one");
});

test("a web server in the room is not trusted", async () => {
  for (const [place, secure] of [["http", true], ["lan", false]]) {
    const page = await session.visit(at(place, "en", "home"));
    assert.equal(await page.evaluate(() => window.isSecureContext), secure, place);
  }
});
