// Takes a quiz by keyboard. What is right is read from the page, as its script does; scoring itself has its own tests.

import assert from "node:assert/strict";
import { Keyboard } from "./keyboard.mjs";

export class Quiz {
  constructor(page, id) {
    this.page = page;
    this.keys = new Keyboard(page);
    this.root = `[data-quiz$="/${id}"]`;
  }

  /** Keeps what is said to screen readers from now on, in the order in which it is said. */
  listen() {
    return this.page.$eval(`${this.root} [role=status]`, (status) => {
      window.said = [];
      new MutationObserver(() => status.textContent && window.said.push(status.textContent)).observe(status, { childList: true });
    });
  }

  /** Waits until something was said that holds the words, and stands there still. */
  async hears(words) {
    const waits = async (root, w, patience) => {
      const status = document.querySelector(`${root} [role=status]`);
      const end = Date.now() + patience;
      while (!status.textContent.includes(w) && Date.now() < end) await new Promise((done) => setTimeout(done, 10));
      return status.textContent.includes(w) ? undefined : window.said;
    };
    const said = await this.page.evaluate(waits, this.root, words, 10_000);
    if (said) assert.fail(`not heard: ${words}\nheard:\n  ${said.join("\n  ")}`);
  }

  /** The questions of this attempt, in their order. */
  questions() {
    const read = (selector) =>
      Array.from(document.querySelectorAll(selector), (q) => ({
        id: q.dataset.question,
        type: q.dataset.type,
        hints: q.querySelectorAll(".hints > li").length,
        options: Array.from(q.querySelectorAll(".option"), (o) => ({ id: o.dataset.option, correct: "correct" in o.dataset, place: Number(o.dataset.place) })),
      }));
    return this.page.evaluate(read, `${this.root} .question:not([hidden])`);
  }

  selector(question, inside = "") {
    return `${this.root} .question[data-question="${question.id}"] ${inside}`.trim();
  }

  option(question, id, inside = "") {
    return this.selector(question, `.option[data-option="${id}"] ${inside}`.trim());
  }

  button(name, question) {
    return question ? this.selector(question, `.actions [data-do="${name}"]`) : `${this.root} [data-do="${name}"]`;
  }

  /** The words of a part or of a message, in the page's language. */
  words(name) {
    const read = (n) => {
      const template = document.querySelector("#ui-quiz-parts");
      return template.dataset[n] ?? template.content.querySelector(`[data-part="${n}"]`).textContent;
    };
    return this.page.evaluate(read, name);
  }

  text(selector) {
    return this.page.$eval(selector, (e) => e.textContent.trim());
  }

  /** What is seen of a selector inside a question or the quiz: the texts of the elements that take up space. */
  seen(selector) {
    const read = (s) =>
      Array.from(document.querySelectorAll(s))
        .filter((e) => e.getClientRects().length > 0)
        .map((e) => e.textContent.trim());
    return this.page.evaluate(read, selector);
  }

  /** Gives an answer, how: "right", "wrong" or "partly", and does not check it. */
  async give(question, how) {
    const wanted = choice(question, how);
    if (question.type === "order") return this.arrange(question, wanted);
    if (question.type === "multiple") {
      for (const { id } of await this.inOrder(question)) {
        const input = this.option(question, id, "input");
        if ((await this.page.$eval(input, (i) => i.checked)) === wanted.includes(id)) continue;
        await this.keys.reach(input);
        await this.keys.press(" ");
      }
    } else {
      // Tab reaches the group once; inside it, arrows move and choose.
      await this.keys.reach(this.selector(question, "input"));
      await this.keys.press(" ");
      await this.keys.pressUntil("ArrowDown", this.option(question, wanted[0], "input"), question.options.length);
    }
    assert.deepEqual((await this.chosen(question)).sort(), wanted.sort(), question.id);
  }

  /** The ids of the options that are chosen. */
  chosen(question) {
    const read = (s) => Array.from(document.querySelectorAll(s), (i) => i.value);
    return this.page.evaluate(read, this.selector(question, "input:checked"));
  }

  /** The options as they stand on the page, which an attempt may shuffle. */
  async inOrder(question) {
    const read = (s) => Array.from(document.querySelectorAll(s), (o) => o.dataset.option);
    const ids = await this.page.evaluate(read, this.selector(question, ".option"));
    return ids.map((id) => question.options.find((o) => o.id === id));
  }

  /** Moves the items up, one after the other, until they stand in an order. */
  async arrange(question, order) {
    for (const [place, id] of order.entries()) {
      for (let at = await this.placeOf(question, id); at > place; at--) {
        const up = this.option(question, id, `[data-do="up"]`);
        await this.keys.reach(up);
        await this.keys.press("Enter");
        assert.equal(await this.placeOf(question, id), at - 1, "moved up by one");
        assert.ok(await this.keys.focused(up), "the button that moves an item keeps the focus");
        const item = await this.text(this.option(question, id, ".option-text"));
        await this.hears((await this.words("moved")).replace("{item}", item).replace("{place}", at).replace("{total}", order.length));
      }
    }
  }

  async placeOf(question, id) {
    return (await this.inOrder(question)).findIndex((o) => o.id === id);
  }

  /** Checks the answer and sees to it that the outcome is shown, said and does not take the focus away. */
  async check(question, outcome) {
    const button = this.button("check", question);
    await this.keys.reach(button);
    await this.keys.press("Enter");
    const verdict = (await this.words(outcome)).trim();
    assert.equal(await this.text(this.selector(question, ".verdict")), verdict, `${question.id} is ${outcome}`);
    await this.hears(verdict);
    assert.ok(await this.keys.focused(button), `after checking, the focus is on ${await this.keys.describe()}`);
  }
}

function choice(question, how) {
  const right = question.options.filter((o) => o.correct).map((o) => o.id);
  const wrong = question.options.filter((o) => !o.correct).map((o) => o.id);
  if (question.type === "order") {
    const order = question.options.slice().sort((a, b) => a.place - b.place).map((o) => o.id);
    return how === "right" ? order : order.reverse(); // no neighbours stay neighbours in that order
  }
  if (how === "partly") return right.slice(0, 1);
  return how === "right" ? right : wrong.slice(0, 1);
}
