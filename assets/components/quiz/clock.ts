import { all, find } from "./parts";

// A time limit that nobody has to keep: it can be turned off before the quiz and while it runs, and more time can be added as often as
// wanted (WCAG 2.2.1). It runs only while the page is open and seen.

/** The part of a quiz's state that the clock counts down. */
export interface Timed {
  left: number;
  begun: boolean;
}

export interface Listener {
  begin(): void;
  keep(): void;
  say(text: string): void;
  over(): void;
}

/** The seconds left after a tick. A page that was asleep wakes up with nearly all its time. */
export function after(left: number, milliseconds: number): number {
  return Math.max(0, left - Math.min(2, Math.max(0, milliseconds / 1000)));
}

/** When to warn, in seconds before the end: a tenth of the time and at least a minute, but not before half of it. */
export function warnAt(seconds: number): number {
  return Math.min(seconds / 2, Math.max(60, seconds / 10));
}

/** Minutes and seconds, as clocks show them. */
export function clockFace(seconds: number): string {
  const whole = Math.ceil(seconds);
  return Math.floor(whole / 60) + ":" + String(whole % 60).padStart(2, "0");
}

export class Clock {
  private readonly seconds: number;
  private time: Timed = { left: 0, begun: false };
  private timer = 0;
  private ticked = 0;

  constructor(
    private readonly panel: HTMLElement,
    private readonly listener: Listener,
  ) {
    this.seconds = Number(panel.dataset["seconds"]);
    panel.tabIndex = -1;
    panel.hidden = false;
    for (const [name, run] of [
      ["begin", () => this.start(this.seconds)],
      ["free", () => this.start(-1)],
      ["add", () => this.add()],
    ] as const) {
      for (const b of all(panel, `[data-do="time-${name}"]`)) b.addEventListener("click", run);
    }
  }

  /** Shows the time of an attempt, and counts it down when the attempt is open. */
  attach(time: Timed, open: boolean): void {
    this.time = time;
    const run = open && time.begun && time.left > 0;
    if (run !== (this.timer !== 0)) {
      window.clearInterval(this.timer);
      this.ticked = performance.now();
      this.timer = run ? window.setInterval(() => this.tick(), 1000) : 0;
    }
    this.show();
  }

  private start(left: number): void {
    const first = !this.time.begun;
    this.time.begun = true;
    this.time.left = left;
    this.attach(this.time, true);
    this.listener.keep();
    if (first) this.listener.begin();
    else this.panel.focus(); // the button is gone
  }

  private add(): void {
    this.time.left += this.seconds;
    this.listener.keep();
    this.show();
    this.listener.say(clockFace(this.time.left));
  }

  private tick(): void {
    const now = performance.now();
    const before = this.time.left;
    this.time.left = after(before, now - this.ticked);
    this.ticked = now;
    const warn = warnAt(this.seconds);
    if (before > warn && this.time.left <= warn) this.listener.say(find(this.panel, "[data-time=warn]").textContent ?? "");
    if (Math.floor(before / 5) !== Math.floor(this.time.left / 5)) this.listener.keep();
    if (this.time.left > 0) return this.show();
    this.attach(this.time, false);
    this.listener.over();
  }

  private show(): void {
    const { begun, left } = this.time;
    const running = this.timer !== 0;
    const states: Record<string, boolean> = { before: !begun, during: running, warn: running && left <= warnAt(this.seconds), free: begun && left < 0, over: begun && left === 0 };
    for (const [name, is] of Object.entries(states)) for (const e of all(this.panel, `[data-time=${name}]`)) e.hidden = !is;
    this.panel.toggleAttribute("data-running", running);
    this.panel.toggleAttribute("data-warned", states["warn"]);
    find(this.panel, "[role=timer]").textContent = clockFace(Math.max(0, left));
  }
}
