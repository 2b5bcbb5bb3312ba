// The sentences of the catalogue that the page carries, and numbers and times as its language writes them.

/** @type {Record<string, string>} */
const SENTENCES = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

export const LANGUAGE = document.documentElement.lang;

/**
 * The sentence of a key, its gaps filled by the values of the same names.
 * @param {string} key
 * @param {Record<string, string | number>} values
 */
export const say = (key, values = {}) =>
  SENTENCES[key].replace(/\{(\w+)\}/g, (gap, name) => String(values[name] ?? gap));

/**
 * Hours and minutes of a moment, by the clock of the box.
 * @param {number} moment ms since 1970
 * @param {number} offset minutes east of UTC
 */
export const time = (moment, offset) => new Date(moment + offset * 60000).toISOString().slice(11, 16);

/**
 * Weekday and day of a moment, by the calendar of the box.
 * @param {number} moment ms since 1970
 * @param {number} offset minutes east of UTC
 * @param {"long" | "short"} length
 */
export const day = (moment, offset, length = "long") =>
  new Intl.DateTimeFormat(LANGUAGE, { weekday: length, day: "numeric", month: length, timeZone: "UTC" }).format(
    moment + offset * 60000,
  );
