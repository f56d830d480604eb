/** A form of a förbund as data: its fields, with the question as it is printed, and for a figure or a choice where the answer is found. */
import { z } from "zod";

/** What a field may ask for, and the tables of `publicerat.json` with the numbers that its answer has. */
export const formSources = {
  namn: [],
  insatsagare: [],
  diarienummer: [],
  startdatum: [],
  slutdatum: [],
  ar: [],
  parter: [],
  myndigheter: [],
  mal: [],
  mal_uppnatt: ["Värden mot mål", "Mål som inte har bedömts"],
  mal_utfall: ["Värden mot mål", "Mål som inte har bedömts"],
  antal_deltagare: ["Kvinnor och män"],
  kvinnor_man: ["Kvinnor och män"],
  fakturerat: [],
  fakturerat_forbund: [],
  beviljat: [],
  aterfort: [],
  prognos: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type FormSource = keyof typeof formSources;

const field = z.strictObject({
  falt: z.string().regex(/^[a-z][a-z0-9_]*$/),
  rubrik: z.string(),
  fraga: z.string(),
  slag: z.enum(["uppgift", "val", "text"]),
  kalla: z.enum(Object.keys(formSources) as [FormSource, ...FormSource[]]).optional(),
  alternativ: z.array(z.string()).optional(),
});

export const formSchema = z.strictObject({
  formular: z.string(),
  falt: z
    .array(field)
    .min(1)
    .refine((all) => new Set(all.map(({ falt }) => falt)).size === all.length, "two fields have one name")
    .refine(
      (all) =>
        all.every(
          ({ slag, kalla, alternativ }) =>
            (slag === "text") === (kalla === undefined) && (slag === "val") === (alternativ !== undefined),
        ),
      "uppgift and val need kalla, val needs alternativ, text has neither",
    ),
});

export type Form = z.infer<typeof formSchema>;

/** A form as it is filled for an insats: laid out anew, or in a förbund's own document. */
export interface NamedForm {
  /** What a filled form's file is called, after its insats. */
  readonly name: string;
  readonly form: Form;
  /** The document's file, and a hash of what it holds. */
  readonly docx: { readonly file: string; readonly sha256: string } | undefined;
}
