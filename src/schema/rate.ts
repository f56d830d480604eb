/** Shares and ratios, apart from the other kinds of measure. Alone in its file, so that a notebook can judge in a browser. */

/** It does not grow with time, and its target is never scaled. */
export const isRate = ({ slag }: { readonly slag: string }): boolean => slag === "andel" || slag === "kvot";
