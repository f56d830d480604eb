/** The pages' own markup read back: what templates of `html.ts` make, which is well formed, and nothing else. */
import { unescaped } from "../html.ts";

export interface Element {
  readonly name: string;
  readonly attributes: string;
  readonly parts: readonly (Element | string)[];
  /** A drawing as it is written: it is read by whoever draws it. */
  readonly raw?: string;
}

const pieces =
  /<(?:svg|script|style)\b[\s\S]*?<\/(?:svg|script|style)>|<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>|<![^>]*>|[^<]+/g;
const empty = ["meta", "wbr", "br"];

/** @returns an element without a name, which holds all */
export const parse = (markup: string): Element => {
  const root: Element & { parts: (Element | string)[] } = { name: "", attributes: "", parts: [] };
  const open = [root];
  for (const [piece, end, name, attributes = ""] of markup.matchAll(pieces)) {
    const into = open.at(-1) ?? root;
    if (name === undefined) {
      if (piece.startsWith("<svg")) into.parts.push({ name: "svg", attributes: "", parts: [], raw: piece });
      else if (!piece.startsWith("<")) into.parts.push(unescaped(piece));
    } else if (end === "/") {
      if (open.pop()?.name !== name) throw new Error(`markup: </${name}> closes another element`);
    } else {
      const element = { name, attributes, parts: [] };
      into.parts.push(element);
      if (!empty.includes(name) && !attributes.endsWith("/")) open.push(element);
    }
  }
  return root;
};

export const attributeOf = ({ attributes }: Element, name: string): string | undefined => {
  if (!attributes.includes(name)) return undefined;
  const value = new RegExp(`(?:^| )${name}(?:="([^"]*)")?(?= |$)`).exec(attributes);
  return value === null ? undefined : unescaped(value[1] ?? "");
};

export const hasClass = ({ attributes }: Element, name: string): boolean =>
  /class="([^"]*)"/.exec(attributes)?.[1]?.split(" ").includes(name) ?? false;

export const childrenOf = ({ parts }: Element): Element[] => parts.filter((part) => typeof part !== "string");

/** The elements under one that are sought, in order; none within another that is. */
export const findAll = (element: Element, isSought: (one: Element) => boolean): Element[] =>
  childrenOf(element).flatMap((child) => (isSought(child) ? [child] : findAll(child, isSought)));
