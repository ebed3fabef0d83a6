type Files = readonly (readonly [file: string, schema: object])[];
export interface French {
  readonly titles: Readonly<Record<string, string>>;
  readonly texts: Readonly<Record<string, string>>;
}
export function eventFiles(): Files;
export function frenchOf(files?: Files): French;
export function faultsOfFrench(files: Files): string[];
export function faultsOfFrenchOfHttp(document: object, french: French): string[];
