// What our pages use of Preact.

export interface Node {}

/** A component or the name of an element, what it is given, and what is inside it. */
export function h<Props>(type: string | ((props: Props) => unknown), props: Props | null, ...children: unknown[]): Node;

export function render(node: Node, parent: HTMLElement): void;
