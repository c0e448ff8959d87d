// What is tested: where the built sites are, and a page of each kind.

import { pathToFileURL } from "node:url";

/** Where a site is read: from a folder, from this machine's web server, from one in the room, which browsers do not trust. */
export const places = {
  file: pathToFileURL(process.env.LECTERN_SITES).href,
  http: process.env.LECTERN_HTTP,
  lan: process.env.LECTERN_LAN,
};

export const languages = ["ar", "zh", "en", "fr", "ru", "es"];

/** Pages that tests know, below the folder of a language. */
export const known = {
  home: "index.html",
  lesson: "practitioners-manual/definitions/three-elements/index.html", // with a quiz, a picture and boxes
  table: "practitioners-manual/interviewing/planning-and-preparation/index.html", // with a table too
  noted: "practitioners-manual/definitions/applying-the-definition/index.html", // with notes for facilitators
  quiz: "practitioners-manual/definitions/assessment/index.html",
  glossary: "glossary/index.html",
};

/** A page of every kind there is: the learners', as [kind, edition], and those that only facilitators have or see otherwise. */
const built = JSON.parse(process.env.LECTERN_KINDS);
const learners = Object.keys({ ...built.learner, ...known }).filter((kind) => kind !== "noted" && kind !== "");
export const pages = [
  ...learners.map((kind) => [kind, "learner"]),
  ...Object.keys(built.facilitator).filter((kind) => !(kind in built.learner)).map((kind) => [kind, "facilitator"]),
  ["noted", "facilitator"],
  ["quiz", "facilitator"],
];

/** The address of a page of a kind. */
export function at(place, lang, kind, edition = "learner") {
  return `${places[place]}/${edition}/${lang}/${known[kind] ?? built[edition][kind]}`;
}

export function startAt(place) {
  return `${places[place]}/learner/index.html`;
}

/** The combinations of the values of lists. */
export function each(...lists) {
  return lists.reduce((done, list) => done.flatMap((d) => list.map((value) => [...d, value])), [[]]);
}
