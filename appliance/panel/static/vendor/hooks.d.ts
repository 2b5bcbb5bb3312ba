// What our pages use of Preact's hooks.

/** A value that a component remembers, and how it is set. */
export function useState<Value>(first: Value): [Value, (value: Value) => void];

/** Does something after drawing, whenever one of `inputs` is another; what it returns undoes it. */
export function useEffect(does: () => (() => void) | void, inputs?: readonly unknown[]): void;
