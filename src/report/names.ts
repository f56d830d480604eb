/** What the things are called, and where their pages are. */
import { gruppText } from "../schema/swedish.ts";
import type { Malrad, Publik } from "./publik.ts";

export interface Names {
  insats(id: string): string;
  forbund(id: string): string;
  part(insats: string, id: string): string;
  kalla(dokument: string): string;
}

/** Names by id; an id that nobody named is its own name. */
export const namesOf = ({ insatser, forbund, parter, kallor }: Publik): Names => {
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

/**
 * An id as a file's name. Ids come from deliveries: what could mean something to a file system or a URL is written as
 * `~` and its code, so no id can leave the folder and no two meet in one file.
 */
export const fileName = (id: string): string =>
  id.replace(/[^\p{L}\p{N}_.-]|^\.+/gu, (signs) =>
    [...signs].map((sign) => `~${sign.codePointAt(0)?.toString(16).padStart(2, "0")}`).join(""),
  );

export const insatsPath = (id: string): string => `insats/${fileName(id)}.html`;
export const forbundPath = (id: string): string => `forbund/${fileName(id)}.html`;

/** What a row's group is called: a part, or a kön. Empty for the whole. */
export const gruppNamn = (
  names: Names,
  { insats_id: insats, grupp, gruppvarde }: Pick<Malrad, "insats_id" | "grupp" | "gruppvarde">,
): string => {
  if (grupp === "") return "";
  return grupp === "part" ? names.part(insats, gruppvarde) : gruppText(grupp, gruppvarde);
};
