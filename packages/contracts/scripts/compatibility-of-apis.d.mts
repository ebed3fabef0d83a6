/** What of `next` breaks a client of `released`; each a sentence with its place. Both: OpenAPI documents by service. */
export declare function breakingApi(released: Record<string, object>, next: Record<string, object>): string[];
