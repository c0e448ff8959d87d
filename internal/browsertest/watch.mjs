// Collects what goes wrong on a page, whoever notices: its scripts, its policy, the network.

/** Fills page.problems from now on, and page.requests with what the page asked for. */
export async function watch(page, scripts = true) {
  page.problems = [];
  page.requests = [];
  const problem = (text) => page.problems.push(text);
  page.on("console", (message) => {
    if (["error", "warn", "assert"].includes(message.type())) problem(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problem(`script: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) page.requests.push(request.url());
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    if (!/ABORTED/.test(why)) problem(`failed: ${request.url()} ${why}`); // aborted: the reader went on before it came
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problem(`answer ${response.status()}: ${response.url()}`);
  });
  if (!scripts) return;
  // Firefox tells its driver neither of the policy nor of local files, so the page itself does.
  await page.evaluateOnNewDocument(() => {
    document.addEventListener("securitypolicyviolation", (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`));
    window.addEventListener(
      "error",
      (e) => {
        const from = e.target.currentSrc || e.target.src || e.target.href;
        if (from) console.error(`did not load: ${from}`);
      },
      true,
    );
  });
}

/** What of a page is missing, also when nothing reported it. Pictures that load late are loaded for it. */
export function missing(page) {
  return page.evaluate(async () => {
    const gone = [];
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) if (!link.sheet) gone.push(link.href);
    const loads = (name) => document.querySelector(`script[src*="/${name}"]`) !== null;
    if (loads("main.") && !document.documentElement.classList.contains("js")) gone.push("the main script");
    if (loads("quiz") && !document.querySelector(".actions")) gone.push("the quiz script");
    for (const img of document.images) {
      img.loading = "eager";
      await img.decode().catch(() => gone.push(img.src));
    }
    return gone;
  });
}
