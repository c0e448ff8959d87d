// What is tested: where the built sites are, and a page of each kind.

import { pathToFileURL } from "node:url";

/** Where a site is read: from a folder, from this machine's web server, from one in the room, which browsers do not trust. */
export const places = {
  file: pathToFileURL(process.env.LECTERN_SITES).href,
  http: process.env.LECTERN_HTTP,
  lan: process.env.LECTERN_LAN,
};

export const languages = ["ar", "zh", "en", "fr", "ru", "es"];

/** A page of each kind, below the folder of a language. */
export const kinds = {
  home: "index.html",
  collection: "practitioners-manual/index.html",
  module: "practitioners-manual/interviewing/index.html",
  lesson: "practitioners-manual/definitions/three-elements/index.html", // with a quiz, a picture and boxes
  table: "practitioners-manual/interviewing/planning-and-preparation/index.html", // with a table too
  quiz: "practitioners-manual/definitions/assessment/index.html",
  glossary: "glossary/index.html",
};

/** The address of a page of the learners' site, or another edition's. */
export function at(place, lang, kind, edition = "learner") {
  return `${places[place]}/${edition}/${lang}/${kinds[kind] ?? kind}`;
}

export function startAt(place) {
  return `${places[place]}/learner/index.html`;
}

/** The combinations of the values of lists. */
export function each(...lists) {
  return lists.reduce((done, list) => done.flatMap((d) => list.map((value) => [...d, value])), [[]]);
}
