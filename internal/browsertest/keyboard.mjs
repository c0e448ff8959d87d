// A reader who has only a keyboard.

import assert from "node:assert/strict";

export class Keyboard {
  constructor(page) {
    this.page = page;
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  focused(selector) {
    return this.page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);
  }

  describe() {
    return this.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? "nothing");
  }

  /** Presses Tab until what the selector names has the focus; backwards, when it stands before what has it now. */
  async reach(selector) {
    const behind = await this.page.$eval(selector, (e) => Boolean(document.activeElement.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING));
    if (behind) await this.page.keyboard.down("Shift");
    try {
      await this.pressUntil("Tab", selector, 150);
    } finally {
      if (behind) await this.page.keyboard.up("Shift");
    }
  }

  async pressUntil(key, selector, most) {
    for (let pressed = 0; pressed <= most; pressed++) {
      if (await this.focused(selector)) return;
      await this.press(key);
    }
    assert.fail(`${key} did not lead to ${selector}; the focus is on ${await this.describe()}`);
  }
}
