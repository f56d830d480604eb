declare module "subset-font" {
  interface Wanted {
    readonly targetFormat: "woff2";
    readonly noHinting: boolean;
    readonly noLayoutClosure: boolean;
    readonly keepFeatures: readonly string[];
  }
  export default function subsetFont(font: Buffer, text: string, wanted: Wanted): Promise<Buffer>;
}
