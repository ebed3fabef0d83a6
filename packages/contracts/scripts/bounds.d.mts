export declare function textOf(kind: string): object;
export declare function isBound(key: string, value: unknown): boolean;
export declare function withoutBounds(schema: object): object;
export declare function closed(schema: object): object;
