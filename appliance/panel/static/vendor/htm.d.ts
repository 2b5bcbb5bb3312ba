// What our pages use of htm.

declare const htm: {
  /** A tag for templates that makes nodes with `h`. */
  bind<Made>(h: (...parts: any[]) => Made): (strings: TemplateStringsArray, ...values: unknown[]) => Made;
};
export default htm;
