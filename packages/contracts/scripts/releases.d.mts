import type { EventBundle } from './changelog.mjs';

export declare const RELEASED: string;
export declare function releasesOf(kind: 'events'): [version: string, bundle: EventBundle][];
export declare function releasesOf(kind: 'openapi'): [version: string, documents: Record<string, object>][];
export declare function apisOfToday(): Record<string, object>;
