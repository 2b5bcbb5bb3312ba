// The sentences of the catalogue, which the page carries.

const SENTENCES = JSON.parse(document.getElementById("words").textContent);

// The sentence of a key, with its gaps filled by the values of the same names.
export const say = (key, values = {}) => SENTENCES[key].replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);

// A number with so many decimals, as the page's language writes it.
export const decimal = (number, digits) =>
  number.toLocaleString(document.documentElement.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
