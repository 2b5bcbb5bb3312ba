// What our pages use of Preact's hooks.

/** A value that a component remembers, and how it is set. */
export function useState<Value>(first: Value): [Value, (value: Value) => void];

/** Does something after drawing, whenever one of `inputs` is another; what it returns undoes it. */
export function useEffect(does: () => (() => void) | void, inputs?: readonly unknown[]): void;

/** Does something after the document has changed and before that is seen. */
export function useLayoutEffect(does: () => (() => void) | void, inputs?: readonly unknown[]): void;

/** The result of `makes`, the same one until one of `inputs` is another. */
export function useMemo<Value>(makes: () => Value, inputs: readonly unknown[]): Value;

/** Something that a component keeps, and whose change draws nothing. */
export function useRef<Value>(first: Value): { current: Value };
