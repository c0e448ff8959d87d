// On every page. Loaded before anything is painted: first what changes how the page looks, then, when the page is there, the rest.
import { folds, unfoldForPrint } from "./components/fold/fold";
import { languages } from "./components/languages/languages";
import { printButton } from "./components/print/print";
import { applySettings, settingsPanel } from "./components/settings/settings";
import { start } from "./components/start/start";

document.documentElement.classList.add("js");
applySettings();

document.addEventListener("DOMContentLoaded", () => {
  if (document.body.classList.contains("page-start")) {
    start();
    return;
  }
  settingsPanel();
  languages();
  folds();
  unfoldForPrint();
  printButton();
});
