/** `generated/events.json`, today's or as it was released. */
export interface EventBundle {
  readonly events: readonly {
    readonly type: string;
    readonly service: string;
    readonly topic: string;
    readonly schema: { readonly description?: string; readonly examples?: readonly unknown[] };
  }[];
}

export function changelog(releases: readonly (readonly [name: string, bundle: object])[]): string;
export function sinceOf(releases: readonly (readonly [name: string, bundle: object])[]): Record<string, string>;
