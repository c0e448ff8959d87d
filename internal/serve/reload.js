// Loads the page again when its sources changed, at the same place.
(function () {
  "use strict";
  var key = "lectern-preview-scroll";
  var at = sessionStorage.getItem(key);
  if (at !== null) {
    sessionStorage.removeItem(key);
    window.scrollTo(0, Number(at));
  }
  new EventSource("/.lectern/events").addEventListener("reload", function () {
    sessionStorage.setItem(key, String(window.scrollY));
    location.reload();
  });
})();
