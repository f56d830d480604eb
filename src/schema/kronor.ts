/** How kronor are written, in thousands and in millions: regular expressions, lower case. The SQL of `sv_enhet_ren` is their twin. */
const kr = "(?:kr|kronor|sek)";

export const kronorord = {
  mkr: `mkr|mnkr|msek|m\\. ?kr|(?:milj\\.?|mn|miljon|miljoner) ?${kr}`,
  tkr: `tkr|kkr|tsek|ksek|tusen(?:tals?)? ?${kr}`,
  kr,
} as const;
