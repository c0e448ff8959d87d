// Starts the browser under test the way its users have it. Drivers loosen a browser in ways that would hide what breaks for them;
// open.test.mjs checks that what matters here was set back.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { watch } from "./watch.mjs";

export const browserName = process.env.LECTERN_BROWSER ?? "chromium";
const executablePath = process.env.LECTERN_BROWSER_PATH;
export const isFirefox = browserName === "firefox";

const chromiumFlags = [
  "--disable-gpu",
  "--disable-background-networking",
  "--no-proxy-server",
  "--host-resolver-rules=MAP lan.test 127.0.0.1",
  // The sandbox refuses to work for root, which containers often are.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

const firefoxPrefs = {
  // The driver opens local files to each other; readers' browsers do not.
  "security.fileuri.strict_origin_policy": true,
  "network.dns.localDomains": "lan.test",
  "network.proxy.type": 0,
  "accessibility.tabfocus": 7, // on macOS, Tab reaches only some controls otherwise
};

/**
 * Opens the browser.
 *   profile: a folder to keep the reader's data in; otherwise it is a new one.
 *   scripts: false for a reader whose browser runs none.
 *   dark: true for a reader whose device is set to dark colours.
 */
export async function open({ profile, scripts = true, dark = false } = {}) {
  const userDataDir = profile ?? (await mkdtemp(join(tmpdir(), "lectern-profile-")));
  const common = { executablePath, headless: true, userDataDir, defaultViewport: { width: 1280, height: 900 }, protocolTimeout: 120_000 };
  const browser = isFirefox
    ? await puppeteer.launch({ ...common, browser: "firefox", extraPrefsFirefox: { ...firefoxPrefs, ...firefoxReader(scripts, dark) } })
    : await puppeteer.launch({ ...common, args: chromiumFlags });
  return new Session(browser, { scripts, dark, temporary: profile ? undefined : userDataDir });
}

/** What Chromium is told page by page, see visit. */
function firefoxReader(scripts, dark) {
  return { "javascript.enabled": scripts, "layout.css.prefers-color-scheme.content-override": dark ? 0 : 1 };
}

class Session {
  constructor(browser, reader) {
    Object.assign(this, { browser, ...reader });
  }

  /** A page at an address, with page.problems that tell what went wrong on it. A fresh one shares no storage with others. */
  async visit(address, { fresh = false, width = 1280, height = 900 } = {}) {
    const context = fresh ? await this.browser.createBrowserContext() : this.browser.defaultBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.setViewport({ width, height });
    if (!isFirefox) {
      await page.setJavaScriptEnabled(this.scripts);
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: this.dark ? "dark" : "light" }]);
    }
    await watch(page, this.scripts);
    await page.goto(address);
    return page;
  }

  /** Closes the browser in an orderly way, so that it keeps its reader's data, and by force when it does not. */
  async close() {
    const process = this.browser.process();
    const late = new Promise((resolve) => setTimeout(resolve, 20_000, "late").unref());
    const end = await Promise.race([this.browser.close().catch(() => "late"), late]);
    if (end === "late" && process?.exitCode === null) process.kill("SIGKILL");
    if (this.temporary) await rm(this.temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
