/** What the things are called, and where their pages are. */
import { hash } from "node:crypto";
import { gruppText } from "../schema/swedish.ts";
import type { Forbund, Malrad, Publik } from "./publik.ts";

export interface Names {
  insats(id: string): string;
  forbund(id: string): string;
  part(insats: string, id: string): string;
  kalla(dokument: string): string;
}

/** Names by id; an id that nobody named is its own name. */
export const namesOf = ({ insats: insatser, forbund, part: parter, kalla: kallor }: Publik): Names => {
  const insatsNames = new Map(insatser.map(({ insats_id: id, namn }) => [id, namn]));
  const forbundNames = new Map(forbund.map(({ forbund_id: id, namn }) => [id, namn]));
  const partNames = new Map(parter.map(({ insats_id: insats, part_id: id, namn }) => [`${insats}/${id}`, namn]));
  const titles = new Map(kallor.map(({ dokument, titel }) => [dokument, titel]));
  return {
    insats: (id) => insatsNames.get(id) ?? id,
    forbund: (id) => (id === "ingen" ? "inget förbund angivet" : (forbundNames.get(id) ?? id)),
    part: (insats, id) => (id === "ingen" ? "ingen part angiven" : (partNames.get(`${insats}/${id}`) ?? id)),
    kalla: (dokument) => titles.get(dokument) ?? dokument,
  };
};

/** Names that stand for devices on Windows, whatever follows their first dot. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;
/** In bytes: a chart's file is named by two ids, and a disk takes 255. */
const longest = 100;

/** `~` and two digits: with more, a sign and the digits after it could be read as another sign. */
const coded = (sign: string): string => {
  const code = sign.codePointAt(0) ?? 0;
  return code > 0xff ? "-" : `~${code.toString(16).padStart(2, "0")}`;
};

/**
 * An id as a file's name. Ids come from deliveries: what could mean something to a file system or a URL is written as
 * `~` and its code, so no id can leave the folder. One that could meet another on a disk that folds case or accents' spelling,
 * or stands for a device, or is too long for a name, ends in `~z` and the start of its hash: no two meet in one file.
 */
export const fileName = (id: string): string => {
  const written = id.replace(/[^\p{L}\p{N}_.-]|^\.+/gu, (signs) => [...signs].map(coded).join(""));
  const isAlone = [...id].every((sign) => /^[a-z0-9åäö\0-@[-`{-~]$/.test(sign));
  const isName =
    written !== "" && Buffer.byteLength(written) <= longest && !device.test(written) && !written.endsWith(".");
  if (isAlone && isName) return written;
  const shown = written.toLowerCase().replace(/[^a-z0-9~_-]+/g, "-");
  return `${shown.slice(0, longest - 18)}~z${hash("sha256", id).slice(0, 16)}`;
};

export const insatsPath = (id: string): string => `insats/${fileName(id)}.html`;
export const formPath = (id: string, form: string): string => `formular/${fileName(id)}/${fileName(form)}.docx`;
export const forbundPath = (id: string): string => `forbund/${fileName(id)}.html`;

/** The insatser a förbund finances or is to finance: by application or decision, by the insats's own statement, or by invoice. */
export const insatserOf = ({ insats: insatser, kostnadsandel: andelar }: Publik, forbund: string): string[] => {
  const invoiced = andelar.filter(({ dimension, id }) => dimension === "forbund" && id === forbund);
  const invoicing = new Set(invoiced.map(({ insats_id: insats }) => insats));
  return insatser
    .filter(
      ({ insats_id: insats, finansiarer }) => invoicing.has(insats) || (finansiarer ?? "").split(",").includes(forbund),
    )
    .map(({ insats_id: insats }) => insats);
};

/** The förbund that a page is about: they pay for an insats, have decided of one or paid in for some, or are what a claim is of. */
export const forbundWithPage = (publik: Publik): Forbund[] => {
  const named = new Set([
    ...publik.bidragsandel.map(({ forbund_id: id }) => id),
    ...publik.finansiering.map(({ forbund_id: id }) => id),
    ...publik.utsagekontroll.map(({ forbund_id: id }) => id),
  ]);
  return publik.forbund.filter(({ forbund_id: id }) => named.has(id) || insatserOf(publik, id).length > 0);
};

/** Whose a claim is: an insats's, or a förbund's own. */
export const ownerOf = (
  names: Names,
  { insats_id: insats, forbund_id: forbund }: { readonly insats_id: string | null; readonly forbund_id: string | null },
): { readonly namn: string; readonly path: string } =>
  insats === null
    ? { namn: names.forbund(forbund ?? ""), path: forbundPath(forbund ?? "") }
    : { namn: names.insats(insats), path: insatsPath(insats) };

/** What a row's group is called: a part, or a kön. Empty for the whole. */
export const gruppNamn = (
  names: Names,
  { insats_id: insats, grupp, gruppvarde }: Pick<Malrad, "insats_id" | "grupp" | "gruppvarde">,
): string => {
  if (grupp === "") return "";
  return grupp === "part" ? names.part(insats, gruppvarde) : gruppText(grupp, gruppvarde);
};
